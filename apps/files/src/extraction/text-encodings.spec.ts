import iconv from 'iconv-lite';
import { textOf } from '../../test/reading.ts';

describe('the encoding of a text', () => {
  it.each([
    ['Chinese', 'gb18030', '姓名：王小明\n电话：12345678'],
    ['a Chinese name', 'gb18030', '联系人：李娜'],
    ['Chinese of Taiwan', 'big5', '王小明的電話'],
    ['Japanese', 'cp932', '電話番号は東京です'],
    ['Japanese of Unix', 'euc-jp', '電話番号は東京です'],
    ['Korean', 'cp949', '김철수 전화번호'],
    ['Russian', 'windows-1251', 'Имя: Иван Петров'],
    ['Russian of Unix', 'koi8-r', 'Привет мир'],
    ['Greek', 'windows-1253', 'Γιώργος Παπαδόπουλος'],
    ['Hebrew', 'windows-1255', 'שלום עולם'],
    ['Arabic', 'windows-1256', 'مرحبا بالعالم'],
    ['Thai', 'windows-874', 'สวัสดีครับ'],
    ['one accent', 'windows-1252', 'Café'],
    ['quotes and a currency', 'windows-1252', 'Price: €5 – “ok”'],
    ['Polish', 'windows-1250', 'Łódź i Gdańsk'],
    ['Czech of Unix', 'iso-8859-2', 'Žlutý kůň pěl ďábelské ódy'],
    ['a sentence of Hebrew', 'windows-1255', 'המגדלור נפתח בשבע בבוקר'],
    ['a sentence of Russian', 'windows-1251', 'маяк откроют в семь часов утра'],
    ['Korean between Latin words', 'cp949', 'Windows는 서버에서 씁니다'],
    ['German of DOS', 'cp850', 'Die Größe der Straße'],
    ['French of old Macs', 'macintosh', 'Le café est fermé à Noël'],
    ['UTF-32 without a mark', 'utf-32le', 'Grüße aus 東京'],
    ['UTF-32 the other way round', 'utf-32be', 'Grüße aus 東京'],
    ['Turkish', 'windows-1254', 'İstanbul ve Diyarbakır, şoför'],
  ])('is told from few bytes: %s', async (_what, encoding, text) => {
    expect(await textOf('a.txt', iconv.encode(text, encoding))).toBe(text);
  });

  it.each([
    ['Spanish', 'windows-1252', '¿Quién reparó el faro? El niño está aquí, mañana volverá.'],
    ['Portuguese', 'windows-1252', 'A reunião começa às nove; não há informação.'],
    ['Italian', 'windows-1252', 'Perché la città è più grande?'],
    ['French with quotes', 'windows-1252', 'Il a dit « c’est déjà fermé » à Nîmes.'],
    ['Swedish of old Macs', 'macintosh', 'Båten går över sjön på lördag, när vädret är lugnt.'],
    ['Spanish of DOS', 'cp850', 'El niño está aquí; mañana volverá con más información.'],
    ['Polish', 'windows-1250', 'Zażółć gęślą jaźń, proszę państwa.'],
    ['Romanian', 'windows-1250', 'Şcoala începe în luna septembrie şi ţine până în iunie.'],
    ['Croatian', 'windows-1250', 'Brod kreće u četvrtak, a vraća se iduće nedjelje uveče.'],
    ['Estonian', 'windows-1257', 'Laev sõidab üle lahe igal hommikul, öösel mitte.'],
    ['Latvian', 'windows-1257', 'Kuģis izbrauc no ostas pulksten sešos rītā un atgriežas vakarā.'],
    ['Turkish', 'windows-1254', 'Birleşik Krallık’ın başkenti hangi şehirdir, yağmurlu mu?'],
    ['Vietnamese of the state’s set', 'tcvn', 'Hợp đồng thuê nhà có hiệu lực từ ngày 1 tháng 5.'],
    ['Vietnamese of Unix', 'viscii', 'Cộng hòa xã hội chủ nghĩa Việt Nam'],
    ['Arabic of the ISO', 'iso-8859-6', 'سعر التذكرة ثلاثون درهما'],
    ['Japanese beside Latin words', 'euc-jp', 'PDF文書をxml形式で保存するための設定を変更してください。'],
    ['Chinese between Latin words', 'gb18030', '服务器启动SQL命令时会更新标题，请联系管理员。'],
  ])('is told from a sentence: %s', async (_what, encoding, text) => {
    expect(await textOf('a.txt', iconv.encode(text, encoding))).toBe(text);
  });

  it('of Vietnamese that writes its tones apart is told, and its letters are put together', async () => {
    const apart = 'Hợp đồng thuê nhà có hiệu lực từ ngày mai.';
    expect(await textOf('a.txt', iconv.encode(apart, 'windows-1258'))).toBe(apart.normalize('NFC'));
  });

  it('stays UTF-8 when one byte of it is bad', async () => {
    const bytes = Buffer.concat([Buffer.from('Grüße aus Köln, '), Buffer.from([0xe9]), Buffer.from(' schön, für Ömer')]);
    expect(await textOf('a.txt', bytes)).toBe('Grüße aus Köln, \ufffd schön, für Ömer');
  });

  it('is told although a zero stands in it', async () => {
    expect(await textOf('a.log', 'The pump stopped.\u0000\nThe pump started, Jürgen said.\n')).toBe(
      'The pump stopped.\nThe pump started, Jürgen said.',
    );
  });

  it('is believed where a web page declares it, however late', async () => {
    const page = `<html><head>${'<!-- filler -->'.repeat(500)}<meta charset="windows-1253"></head><body><p>Ο φάρος είναι παλιός</p></body></html>`;
    expect(await textOf('a.html', iconv.encode(page, 'windows-1253'))).toBe('Ο φάρος είναι παλιός');
  });

  it('is not taken for UTF-16 because a page says so that is none', async () => {
    expect(await textOf('a.html', '<html><meta charset="unicode"><body><p>The keeper is Ingrid.</p></body></html>')).toBe(
      'The keeper is Ingrid.',
    );
  });

  it('takes no longer to tell where one sign stands thousands of times', async () => {
    const line = Buffer.alloc(60_000, 0xc4);
    expect((await textOf('a.txt', line)).length).toBeGreaterThan(0);
  });
});
