import iconv from 'iconv-lite';
import { aDocx, aParagraph, aPdf, aPdfBomb, aZip } from '../../test/documents.ts';
import { aPdfOfForms } from '../../test/drawn-pdf.ts';
import { Extracting } from '../../test/extracting.ts';
import { anOle } from '../../test/office.ts';
import { chunkPage } from '../indexing/chunks.ts';

/** How Microsoft's container of old begins. */
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

describe('extraction', () => {
  const extracting = new Extracting();
  beforeAll(() => extracting.begin());
  afterAll(() => extracting.end());
  const extract: Extracting['extract'] = (...document) => extracting.extract(...document);
  const textOf = async (name: string, bytes: Buffer | string) => {
    const result = await extract(name, bytes);
    expect(result).toMatchObject({ status: 'ready', reason: null });
    return result.pages.join('\n\n');
  };

  it('keeps the pages of a PDF and makes wrapped sentences whole', async () => {
    const result = await extract(
      'a.pdf',
      await aPdf([
        'The harbour of Norwick opens every single morning at\nseven when the bell of the old tower is rung.',
        '',
        'Third page.',
      ]),
    );
    expect(result.status).toBe('ready');
    expect(result.pages).toEqual([
      'The harbour of Norwick opens every single morning at seven when the bell of the old tower is rung.',
      '',
      'Third page.',
    ]);
  });

  it('reads paragraphs, tables, notes and headers of a Word document, and neither deletions nor fallbacks', async () => {
    const table = `<w:tbl><w:tr><w:tc>${aParagraph('a')}</w:tc><w:tc>${aParagraph('b')}</w:tc></w:tr><w:tr><w:tc>${aParagraph('c')}</w:tc><w:tc>${aParagraph('d')}</w:tc></w:tr></w:tbl>`;
    const gone = '<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><mc:Fallback><w:r><w:t>twice</w:t></w:r></mc:Fallback></w:p>';
    const text = await textOf(
      'a.docx',
      aDocx(aParagraph('One &amp; two') + table + gone, [
        { name: 'word/footnotes.xml', bytes: `<w:footnotes>${aParagraph('A note')}</w:footnotes>` },
      ]),
    );
    expect(text).toContain('One & two\n\na | b\nc | d');
    expect(text).toContain('A note');
    expect(text).not.toMatch(/gone|twice/);
  });

  it('reads what a browser would show of HTML', async () => {
    const html =
      '<!doctype html><title>Port</title><style>b{}</style><script>var x = "no";</script><p>One <b>two</b><br>three</p><ul><li>four</li></ul>';
    expect(await textOf('a.html', html)).toBe('Port\n\nOne two\nthree\n\n- four');
  });

  it.each([
    ['UTF-8', 'utf8', 'Grüße aus Köln – schön'],
    ['UTF-8 with a mark', 'utf8-mark', 'Grüße'],
    ['UTF-16', 'utf16', 'Grüße aus Köln'],
    ['UTF-16 without a mark', 'utf-16le', 'Greetings from the harbour of Norwick'],
    ['Windows-1251', 'win1251', 'Маяк стоит на скале у северной гавани, и его видно издалека.'],
    ['Shift_JIS', 'shiftjis', '灯台は北の港の近くの岩の上に立っている。とても古い。'],
    ['GB18030', 'gb18030', '灯塔矗立在北港附近的一块岩石上，塔内有很多级台阶。'],
  ])('reads plain text in %s', async (_name, encoding, text) => {
    const bytes = encoding === 'utf8-mark' ? Buffer.from(`\ufeff${text}`) : iconv.encode(text, encoding);
    expect(await textOf('a.txt', bytes)).toBe(text);
  });

  it('believes the charset an HTML document declares', async () => {
    expect(await textOf('a', iconv.encode('<html><meta charset="windows-1253"><p>Ο φάρος</p></html>', 'win1253'))).toBe('Ο φάρος');
  });

  it('says of every cell of a table which column it stands in', async () => {
    expect(await textOf('a.csv', 'name,salary\nAnn,"1,200"\nBob,900\n')).toBe(
      'name | salary\n\nname: Ann; salary: 1,200\nname: Bob; salary: 900',
    );
  });

  it('says of every value of JSON where it stands', async () => {
    expect(await textOf('a.json', '{"users":[{"name":"Ann","age":7}],"open":true}')).toBe('users[1].name: Ann; age: 7\nopen: true');
  });

  it('reads Markdown without its marks', async () => {
    expect(await textOf('a.md', '# Port\n\nThe **old** [tower](http://x.y) stands.\n\n- one\n')).toBe(
      'Port\n\nThe old tower stands.\n\n- one',
    );
  });

  it('stores nothing a database refuses', async () => {
    const pages = (await extract('a.txt', Buffer.from(`a\u0001b\ud83d text e\u0301 \u00a0x`, 'utf8'))).pages;
    expect(pages).toEqual(['ab\ufffd text é x']);
  });

  it('cuts long text into pages at paragraphs', async () => {
    const { pages } = await extract('a.txt', Array.from({ length: 40 }, (_, i) => `Paragraph ${i}. ${'word '.repeat(40)}`).join('\n\n'));
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.every((page) => page.length <= 3000 && page.startsWith('Paragraph'))).toBe(true);
  });

  it('cuts a page of a PDF that is far too long, and keeps pages of a common length as they are', async () => {
    const wide = aPdfBomb(1_000_000, 10_000_000);
    expect(wide.length).toBeLessThan(5000);
    const { status, pages, chunks } = await extract('wide.pdf', wide);
    expect(status).toBe('ready');
    expect(pages.length).toBeGreaterThan(2);
    expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(30_000);
    expect(new Set(chunks.map((chunk) => chunk.page)).size).toBe(pages.length);
  }, 60_000);

  it('cuts the pages into passages that stand where they say', async () => {
    const { pages, chunks } = await extract(
      'a.txt',
      Array.from({ length: 40 }, (_, i) => `Paragraph ${i}. ${'word '.repeat(40)}`).join('\n\n'),
    );
    expect(chunks).toEqual(pages.flatMap((page, i) => chunkPage(i + 1, page)));
    expect(chunks.length).toBeGreaterThan(pages.length);
  });

  it('tells the type from the content, whatever the name', async () => {
    expect((await extract('a.txt', await aPdf(['Hello there.']))).pages).toEqual(['Hello there.']);
    expect((await extract('a.pdf', 'plain words')).pages).toEqual(['plain words']);
  });

  const dishonest = (bytes: string) =>
    aZip([
      {
        name: '[Content_Types].xml',
        bytes:
          '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      },
      { name: 'word/document.xml', bytes },
    ]);

  it.each([
    { what: 'an empty file', name: 'a.txt', bytes: '', status: 'no_text', reason: /empty/ },
    { what: 'blanks', name: 'a.txt', bytes: ' \n\t ', status: 'no_text', reason: /No text/ },
    {
      what: 'a picture without text',
      name: 'a.txt',
      bytes: Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex'),
      status: 'no_text',
      reason: /picture/,
    },
    {
      what: 'a protected archive',
      name: 'a.docx',
      bytes: aZip([{ name: 'x.txt', bytes: 'x', encrypted: true }]),
      status: 'encrypted',
      reason: /password/,
    },
    {
      what: 'random bytes',
      name: 'a.bin',
      bytes: Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 256)),
      status: 'unsupported',
      reason: /not of a kind we know/,
    },
    {
      what: 'a protected Office document',
      name: 'a.docx',
      bytes: anOle({ '/EncryptedPackage': Buffer.alloc(5000) }),
      status: 'encrypted',
      reason: /password/,
    },
    {
      what: 'an old Office document that cannot be opened',
      name: 'a.doc',
      bytes: Buffer.concat([OLE, Buffer.alloc(2000)]),
      status: 'failed',
      reason: /damaged/,
    },
    { what: 'a PDF cut off in the middle', name: 'a.pdf', bytes: '%PDF-1.7\n1 0 obj\n<<', status: 'failed', reason: /damaged/ },
    {
      what: 'a Word document cut off',
      name: 'a.docx',
      bytes: aDocx(aParagraph('x')).subarray(0, 700),
      status: 'failed',
      reason: /damaged/,
    },
    { what: 'JSON nested too deeply', name: 'a.json', bytes: '['.repeat(300) + ']'.repeat(300), status: 'failed', reason: /nested/ },
    {
      what: 'entities that multiply',
      name: 'a.docx',
      bytes: dishonest('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document><w:p><w:t>&b;</w:t></w:p></w:document>'),
      status: 'failed',
      reason: /refused/,
    },
  ])('ends $what honestly', async ({ name, bytes, status, reason }) => {
    const result = await extract(name, bytes);
    expect(result.status).toBe(status);
    expect(result.reason).toMatch(reason);
    expect(result.pages).toEqual([]);
  });

  it('ends what works on and on without a word before its time is up', async () => {
    const { status, reason } = await extract('a.pdf', aPdfOfForms(25), { standstillSeconds: 1, seconds: 60 });
    expect(status).toBe('failed');
    expect(reason).toMatch(/one part of it takes longer/);
  }, 50_000);
});
