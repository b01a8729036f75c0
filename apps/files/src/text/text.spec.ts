import { chunkPage } from '../indexing/chunks.ts';
import { CodePointIndex, countCodePoints, sliceCodePoints } from './code-points.ts';
import { paginate } from './paginate.ts';
import { sentencesOf } from './sentences.ts';
import { foldWord, indexKeys, similarity, termsOf } from './terms.ts';
import { tidyText } from './tidy.ts';

describe('the text of a file', () => {
  it('is counted and cut in code points', () => {
    const text = 'a🙂b𝔄c';
    expect(countCodePoints(text)).toBe(5);
    expect(sliceCodePoints(text, 1, 4)).toBe('🙂b𝔄');
    const index = new CodePointIndex(text);
    expect([0, 1, 3, 4, 6, 7].map((at) => index.toCodePoint(at))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('is tidied so that a database takes it and offsets stay true', () => {
    expect(tidyText('a\u0000b\ud800c\r\nd \t e\u0301\n\n\n\nf\u00a0g\u200b\ufeff')).toBe('ab\ufffdc\nd é\n\nf g');
    const once = tidyText('x \n\n\n y');
    expect(tidyText(once)).toBe(once);
  });

  it('is cut into pages without losing a word or splitting a character', () => {
    const text = Array.from({ length: 200 }, (_, i) => `Paragraph ${i} 🙂.`).join('\n\n');
    const pages = paginate(text, 500);
    expect(pages.join('\n\n')).toBe(text);
    expect(paginate('🙂'.repeat(2000), 999).every((page) => page.isWellFormed())).toBe(true);
  });
});

describe('the sentences of a text', () => {
  const of = (text: string) => sentencesOf(text).map(({ start, end }) => text.slice(start, end));

  it('are not cut at the full stops of Thai initials, nor at those of "et al." and "v."', () => {
    const whole = ['คณะกรรมการนำโดย นิโคลัส อี. โกโลวิน ในปี 1961', 'Jones et al. 1998 used other data.', 'Brown v. Board ended it.'];
    expect(whole.map(of)).toEqual(whole.map((text) => [text]));
  });

  it('end at full stops of any script, not at abbreviations', () => {
    expect(of('Dr. Hale met Mr. J. Smith on No. 5. He left.')).toEqual(['Dr. Hale met Mr. J. Smith on No. 5.', 'He left.']);
    expect(of('Das Fest ist am 18. Juli. Es war im 19. Jahrhundert üblich. Er wurde 18. Dann ging er.')).toEqual([
      'Das Fest ist am 18. Juli.',
      'Es war im 19. Jahrhundert üblich.',
      'Er wurde 18.',
      'Dann ging er.',
    ]);
    expect(of('灯台は古い。海は青い。')).toEqual(['灯台は古い。', '海は青い。']);
    expect(of('मीनार ऊँची है। वह पुरानी है।')).toEqual(['मीनार ऊँची है।', 'वह पुरानी है।']);
  });

  it('go on over lines that wrap, and end at headings and list items', () => {
    expect(of('The harbour of Norwick opens every morning when the\nbell rings. It closes late.')).toEqual([
      'The harbour of Norwick opens every morning when the\nbell rings.',
      'It closes late.',
    ]);
    expect(of('Prices\n- one crown\n- two crowns')).toEqual(['Prices', '- one crown', '- two crowns']);
    const rows = ['name: Ann; town: Norwick; age: 34; salary: 52000', 'name: Bob; town: Eastport; age: 41; salary: 61000'];
    expect(of(rows.join('\n'))).toEqual(rows);
    const lines = [
      '2026-01-03 10:00:01 ERROR db: the connection was refused',
      'HOST=a-long-name-of-a-host.of-a-network.example',
      'PORT=8080',
    ];
    expect(of(lines.join('\n'))).toEqual(lines);
  });

  it('are cut where they never end', () => {
    expect(of('word '.repeat(1000)).every((sentence) => sentence.length <= 1000)).toBe(true);
    expect(of(`Start ${'x'.repeat(2500)}`).map((sentence) => sentence.length)).toEqual([5, 999, 1000, 501]);
  });
});

describe('text without borders', () => {
  const within = (work: () => void) => {
    const before = performance.now();
    work();
    return performance.now() - before;
  };

  // Takes milliseconds; when every place is tried with every other, minutes.
  it.each(['a', 'a ', 'a.', '漢', '🙂', '1,', 'www.a.b/c ', 'é-'])(
    'is cut into sentences in time that grows with its length alone: %j',
    (unit) => {
      const text = unit.repeat(Math.ceil(300_000 / unit.length));
      expect(within(() => sentencesOf(text))).toBeLessThan(2000);
    },
  );
});

describe('the search terms of a text', () => {
  it('fold case, accents, articles and possessives', () => {
    expect(['Île', 'STRASSE', 'Straße', 'İstanbul', 'Λόγος', "Robert's", 'Ёлка', 'المنارة'].map(foldWord)).toEqual([
      'ile',
      'strasse',
      'strasse',
      'istanbul',
      'λογοσ',
      'robert',
      'елка',
      'منارة',
    ]);
  });

  it('leave out the small words that French and Italian write onto the next, and no other beginnings', () => {
    const text = "the l'Angleterre qu’une dell'acqua O'Brien d'or";
    expect(termsOf(text).map(({ form, capital, at }) => [form, capital, text.slice(at, at + 2)])).toEqual([
      ['the', false, 'th'],
      ['angleterre', true, 'An'],
      ['une', false, 'un'],
      ['acqua', false, 'ac'],
      ['obrien', true, "O'"],
      ['or', false, 'or'],
    ]);
  });

  it('meet over ways of writing a letter', () => {
    expect(new Set(['Kündigungsfrist', 'Kuendigungsfrist', 'Kundigungsfrist'].map(foldWord)).size).toBe(1);
  });

  it.each([
    [
      '2026-01-15',
      ['15 January 2026', '15.01.2026', 'January 15th, 2026', 'am 15. Januar 2026', '15 de enero de 2026', '2026年1月15日', '1/15/2026'],
    ],
    ['2026-01', ['in January 2026', 'im Januar 2026', '2026-01-15']],
    ['01-15', ['15 January', 'am 15. Januar', 'January 15']],
  ])('are the date %s in whatever form', (form, written) => {
    for (const text of written) expect(termsOf(text)).toContainEqual(expect.objectContaining({ kind: 'date', form }));
  });

  it.each([
    ['1000', ['1,000', '1.000', '1 000', '1000', 'one thousand', 'a thousand']],
    ['10.5', ['10.50', '10,5', '10.5']],
    ['5000000', ['5 million', '5,000,000']],
  ])('are the number %s in whatever form', (form, written) => {
    for (const text of written) expect(termsOf(text)).toContainEqual(expect.objectContaining({ kind: 'number', form }));
  });

  it('are no date where there is none', () => {
    expect(['192.168.10.20', '1.2.3', '2026-13-45'].flatMap(termsOf).filter(({ kind }) => kind === 'date')).toEqual([]);
  });

  it('meet over inflection and a slip of the pen, and no further', () => {
    const alike = (a: string, b: string) => similarity(termsOf(a)[0]!, termsOf(b)[0]!) > 0;
    expect([alike('export', 'exporting'), alike('fled', 'flee'), alike('ultimatly', 'ultimately'), alike('построил', 'построен')]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([alike('marry', 'married'), alike('stories', 'story'), alike('carry', 'carrion')]).toEqual([true, true, false]);
    expect([alike('1066', '1067'), alike('Norway', 'Normandy'), alike('import', 'export')]).toEqual([false, false, false]);
  });

  it('are pairs of characters where a script sets no blanks', () => {
    expect(indexKeys('北京市')).toEqual(['北京', '京市']);
    expect(indexKeys('1,200 men')).toEqual(['1200', 'man']);
  });
});

describe('the passages of a text', () => {
  it('are whole sentences that stand where they say', () => {
    const text = Array.from({ length: 60 }, (_, i) => `Sentence ${i} 🙂 about the harbour of Norwick.`).join(' ');
    const chunks = chunkPage(3, text);
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) {
      const slice = sliceCodePoints(text, chunk.start, chunk.end);
      expect(chunk.page).toBe(3);
      expect(slice).toMatch(/^Sentence .*\.$/s);
    }
  });

  it('do not exist without a word', () => {
    expect(chunkPage(1, '--- … ---')).toEqual([]);
  });
});
