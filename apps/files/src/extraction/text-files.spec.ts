import iconv from 'iconv-lite';
import { refusalOf, textOf } from '../../test/reading.ts';
import { sentencesOf } from '../text/sentences.ts';

describe('a text that begins like something else', () => {
  it.each([
    ['a log of brackets', 'a.log', '[2026-03-01 00:00:00] INFO pump 0 ready\n[2026-03-01 00:00:01] INFO pump 1 ready'],
    ['a log without an ending', 'log', '[INFO] pump 0 ready\n[INFO] pump 1 ready'],
    ['a list of links', 'notes.txt', '[1] http://a.example\n[2] http://b.example'],
    ['braces', 'a.txt', '{not json} at all'],
    ['the initials of a car', 'a.txt', 'BMW makes cars in Munich. The plant opened in 1922.'],
    ['the mark of a program', 'a.txt', 'MZ is the district of Mainz.'],
    ['the mark of an archive', 'a.txt', 'PK is an abbreviation for primary key.'],
    ['the name of PDF', 'a.txt', 'A file begins with %PDF-1.7 and ends with EOF.'],
    ['the mark of PDF', 'notes.txt', '%PDF-1.7 is how such a file begins.'],
    ['the first line of a contact', 'notes.txt', 'BEGIN:VCARD is how such a file begins.'],
    ['the first line of a calendar', 'notes', 'BEGIN:VCALENDAR is how such a file begins.'],
    ['a list of Markdown', 'notes.md', '[1, 2, 3]'],
    ['a broken object', 'a.json', '{"a": 1,\n"b": oops}'],
  ])('is the text it is: %s', async (_what, name, text) => {
    expect(await textOf(name, text)).toBe(text);
  });

  it('is Markdown when its name says so, although it opens with HTML', async () => {
    const text = await textOf('README.md', '<h1 align="center">Harbour</h1>\n\n## Install\n\n1. Get it.\n2. Run `Vec<String>`.\n');
    expect(text).toBe('Harbour\n\nInstall\n\n1. Get it.\n2. Run Vec<String>.');
  });
});

describe('a log file', () => {
  it('loses the codes of colours', async () => {
    expect(await textOf('a.log', '\u001b[32mINFO\u001b[0m  pump \u001b[1;31m0\u001b[0m started')).toBe('INFO pump 0 started');
  });

  it.each([
    ['times', (i: number) => `2026-03-01 09:0${i}:00 pump ${i} started at pressure 100 bar in hall two`],
    ['levels', (i: number) => `WARN pump number ${i} reported a pressure of 100 bar in hall two`],
    ['addresses', (i: number) => `10.0.0.${i} - - [01/Mar/2026:09:00:00] GET /pumps/${i} answered well and quickly`],
  ])('keeps its lines apart that begin with %s', async (_what, line) => {
    const lines = Array.from({ length: 4 }, (_, i) => line(i));
    const text = await textOf('a.log', lines.join('\n'));
    expect(sentencesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(lines);
  });
});

describe('how lines are set in', () => {
  const code = 'def area(length, width):\n    if length < 0:\n        return None\n    return length * width';

  it.each(['area.py', 'area.PY', 'area.js'])('is kept in code and settings: %s', async (name) => {
    expect(await textOf(name, `${code}\n`)).toBe(code);
  });

  it.each([
    ['a tab for four blanks', 'server:\n\thost: example.org\n\tports:\n\t  - 80', 'server:\n    host: example.org\n    ports:\n      - 80'],
    ['no blanks within or behind a line', 'a:\n  b:   c   \n    \n  d: e', 'a:\n  b: c\n\n  d: e'],
  ])('is kept with %s', async (_what, raw, text) => {
    expect(await textOf('settings.yaml', raw)).toBe(text);
  });

  it('is kept where a long text is cut into pages', async () => {
    const lines = Array.from({ length: 4_000 }, (_, line) => `${'  '.repeat(line % 4)}line_${line} = value of line ${line}`);
    expect((await textOf('long.toml', lines.join('\n'))).replaceAll('\n\n', '\n')).toBe(lines.join('\n'));
  });

  it('is kept in the code of Markdown and of notebooks', async () => {
    expect(await textOf('notes.md', `Before.\n\n\`\`\`py\n${code}\n\`\`\`\n\nAfter.`)).toContain(code);
    const notebook = { nbformat: 4, cells: [{ cell_type: 'code', source: code.split(/(?<=\n)/), outputs: [] }] };
    expect(await textOf('area.ipynb', JSON.stringify(notebook))).toBe(code);
  });

  it('is not part of what people write for people', async () => {
    expect(await textOf('letter.txt', '   Dear Ann,\n      the boat leaves at nine.')).toBe('Dear Ann,\nthe boat leaves at nine.');
  });

  it('does not make sentences of lines that wrap', () => {
    const text = '# The committee met in the old customs house and looked at\n    - the plan for the new pier\n    - the roof';
    expect(sentencesOf(text).map(({ start, end }) => text.slice(start, end))).toHaveLength(3);
  });
});

describe('content that is no text', () => {
  it.each([
    ['bytes without order', 'a.txt', Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * i * 7919 + i * 31) % 256))],
    ['text with zeros after it', 'a.txt', Buffer.concat([Buffer.from('words '.repeat(20_000)), Buffer.alloc(500)])],
    ['a program', 'a.txt', Buffer.concat([Buffer.from('7f454c460201010000000000000000000300', 'hex'), Buffer.alloc(2000)])],
  ])('is not called ready: %s', async (_what, name, bytes) => {
    expect(await refusalOf(name, bytes)).toBe('unsupported');
  });

  it('is damaged where it begins as a PDF, whatever its name says', async () => {
    expect(await refusalOf('a.txt', Buffer.from('%PDF-1.7\n\u0000\u0000 and no more'))).toBe('failed');
  });
});

describe('small formats of text', () => {
  it('of events tell when, where and what', async () => {
    const source =
      'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Oslo:20260314T093000\r\nSUMMARY:Harbour mee\r\n ting\r\nLOCATION:Pier 4\\, Norwick\r\nORGANIZER;CN=Ingrid Lund:mailto:ingrid@norwick.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
    expect(await textOf('a.ics', source)).toBe(
      'Start: 2026-03-14 09:30 Europe/Oslo\nSummary: Harbour meeting\nLocation: Pier 4, Norwick\nOrganizer: Ingrid Lund <ingrid@norwick.example>',
    );
  });

  it('of people tell each in one line', async () => {
    const source =
      'BEGIN:VCARD\nVERSION:2.1\nN:Lund;Ingrid\nTEL;CELL:+47 555 01\nNOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=C3=9Fe\nEND:VCARD\nBEGIN:VCARD\nFN:Olav Berg\nEMAIL:olav@norwick.example\nEND:VCARD\n';
    expect(await textOf('a.vcf', source)).toBe(
      'Name: Ingrid Lund; Phone (cell): +47 555 01; Note: Grüße\n\nName: Olav Berg; E-mail: olav@norwick.example',
    );
  });

  it.each([
    ['a.srt', '1\n00:00:01,000 --> 00:00:04,000\nThe harbour\n<i>opens</i>.\n\n2\n00:01:05,500 --> 00:01:07,000\nAt seven.\n'],
    [
      'a.vtt',
      'WEBVTT\n\nNOTE not said\n\nfirst\n00:00:01.000 --> 00:00:04.000 align:start\nThe harbour\n<i>opens</i>.\n\n00:01:05.500 --> 00:01:07.000\nAt seven.\n',
    ],
  ])('of subtitles tell what is said and when: %s', async (name, source) => {
    const text = await textOf(name, source);
    expect(text).toMatch(/^\[00:00:01\] The harbour opens\.\n\n\[00:01:05\] At seven\.$/);
  });

  it('of notebooks tell notes, code and what it printed', async () => {
    const cells = [
      { cell_type: 'markdown', source: ['# Tides\n', 'The **moon**.'] },
      { cell_type: 'code', source: 'print(2 ** 3)', outputs: [{ text: ['8\n'] }] },
    ];
    expect(await textOf('a.ipynb', JSON.stringify({ cells, nbformat: 4 }))).toBe('Tides\n\nThe moon.\n\nprint(2 ** 3)\n\n8');
  });

  it.each([
    ['Russian', 'Договор вступает в силу 1 мая.'],
    ['Japanese', '港の灯台は1874年に建てられました。'],
    ['Chinese', '灯塔位于北港附近的岩石上。'],
    ['Korean', '등대는 항구 근처에 있습니다.'],
    ['Arabic', 'تقع المنارة قرب الميناء الشمالي.'],
    ['Thai', 'ประภาคารอยู่ใกล้ท่าเรือทางเหนือ'],
  ])('in UTF-16 without a mark are text, in either order: %s', async (_language, text) => {
    const little = Buffer.from(text, 'utf16le');
    expect(await textOf('a.txt', little)).toBe(text);
    expect(await textOf('a.txt', Buffer.from(little).swap16())).toBe(text);
  });

  it.each([
    ['koi8-u', 'Їжак біжить через ліс до річки.'],
    ['iso-8859-5', 'Договор аренды вступает в силу с первого мая.'],
    ['cp852', 'Zażółć gęślą jaźń w porcie.'],
  ])('of a sentence alone are read in %s', async (set, text) => {
    expect(await textOf('a.txt', iconv.encode(text, set))).toBe(text);
  });

  it('of XML tell the text without the tags', async () => {
    const text = await textOf('a.xml', '<?xml version="1.0"?><ship><name>Aurora</name><port title="in the north">Norwick</port></ship>');
    expect(text).toBe('ship name: Aurora; port: Norwick (title: in the north)');
  });

  it.each([
    [
      'a list of records, each on one line with what is in it',
      '<staff><member id="7"><name>Ingrid</name><home><town>Turku</town></home></member><member id="8"><name>Olav</name></member></staff>',
      'member id: 7; name: Ingrid; home town: Turku\nmember id: 8; name: Olav',
    ],
    [
      'records that have attributes alone',
      '<staff><member name="Ingrid" phone="12"/><member name="Olav" phone="13"/></staff>',
      'member name: Ingrid; phone: 12\nmember name: Olav; phone: 13',
    ],
    [
      'settings, group by group',
      '<settings><database><host>north</host><port>5432</port></database><logLevel>debug</logLevel></settings>',
      'database host: north; port: 5432\nlogLevel: debug',
    ],
    [
      'text with words set apart in it, whole',
      `<article><title>Keels</title><para>A keel is <em>very</em> strong. ${'It holds. '.repeat(70)}</para><para>The <b>end</b>.</para></article>`,
      `Keels\nA keel is very strong. ${'It holds. '.repeat(70)}\nThe end.`.replace(' \n', '\n'),
    ],
    [
      'values that a key stands before',
      '<plist version="1.0"><dict><key>Name</key><string>Aurora</string><key>Crew</key><integer>7</integer></dict></plist>',
      'dict Name: Aurora; Crew: 7',
    ],
    ['elements that never end', '<a><b>one</b><c>two', 'a b: one; c: two'],
  ])('of XML tell %s', async (_what, source, text) => {
    expect(await textOf('a.xml', source)).toBe(text);
  });

  it('of XML keep the order of records and of texts longer than a line', async () => {
    const item = (n: number) =>
      `<item><title>Notice ${n}</title><link>at ${n}</link><text>${`Tide ${n}. `.repeat(n * 60)}</text><day>${n}</day></item>`;
    const text = await textOf('a.xml', `<rss><channel><title>News</title>${[1, 2, 3].map(item).join('')}</channel></rss>`);
    expect(text.match(/News|Notice \d|at \d|day: \d/g)).toEqual([
      'News',
      ...[1, 2, 3].flatMap((n) => [`Notice ${n}`, `at ${n}`, `day: ${n}`]),
    ]);
  });

  it('of XML are known without a declaration, and told without their looks', async () => {
    expect(await textOf('feed', '<rss version="2.0"><channel><title>Tides</title><item>High at nine</item></channel></rss>')).toBe(
      'channel title: Tides; item: High at nine',
    );
    const picture = '<svg xmlns="http://www.w3.org/2000/svg"><style>.a{fill:red}</style><text>Pier 4</text></svg>';
    expect(await textOf('map.svg', picture)).toBe('Pier 4');
  });

  it('of notebooks tell a table that code printed by its rows', async () => {
    const html = [
      '<table><tr><th></th><th>boat</th><th>built</th></tr>',
      '<tr><th>0</th><td>Brise</td><td>1988</td></tr>',
      '<tr><th>1</th><td>Comet</td><td>2001</td></tr></table>',
    ];
    const outputs = [{ data: { 'text/html': html, 'text/plain': '   boat built' } }];
    const notebook = JSON.stringify({ nbformat: 4, cells: [{ cell_type: 'code', source: 'df', outputs }] });
    expect(await textOf('a.ipynb', notebook)).toContain('boat: Comet; built: 2001');
  });

  it('of subtitles tell signs by what they stand for', async () => {
    expect(await textOf('a.vtt', 'WEBVTT\n\n00:01.000 --> 00:04.000\n&lt;Nets&gt; &amp; boats\n')).toBe('[00:01] <Nets> & boats');
  });

  it('of settings stay as they are', async () => {
    expect(await textOf('a.yaml', 'price: 10.50\ncity: Turku\n')).toBe('price: 10.50\ncity: Turku');
  });
});
