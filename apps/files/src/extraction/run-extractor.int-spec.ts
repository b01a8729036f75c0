import iconv from 'iconv-lite';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { aDocx, aParagraph, aPdf, aPdfBomb, aScan, aZip } from '../../test/documents.ts';
import { anOle, anOpenDocument } from '../../test/office.ts';
import { chunkPage } from '../indexing/chunks.ts';
import { runExtractor, type ExtractionResult } from './run-extractor.ts';

/** How Microsoft's container of old begins. */
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

describe('extraction', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'extraction-spec-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  async function extract(
    name: string,
    bytes: Buffer | string,
    limits: { seconds?: number; memoryBytes?: number } = {},
  ): Promise<ExtractionResult> {
    const path = join(directory, 'file');
    await writeFile(path, bytes);
    return runExtractor({ path, name, ...limits });
  }
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

  const picture = () => readFile(new URL('../../test/fixtures/keeper.png', import.meta.url));

  it('recognises the letters in a picture, without a network', async () => {
    const { status, pages } = await extract('a.png', await picture());
    expect(status).toBe('ready');
    expect(pages.join()).toContain('The keeper of the lighthouse is Ingrid Lund.');
  }, 120_000);

  it('recognises the letters on a page of a PDF that is a picture, in its place', async () => {
    const { status, pages } = await extract('a.pdf', await aScan('The first page is written by hand of a machine.', await picture()));
    expect(status).toBe('ready');
    expect(pages[0]).toContain('The first page');
    expect(pages[1]).toContain('The tower is 40 metres tall.');
  }, 120_000);

  it.each([
    ['a text', 'a.txt', 'The keeper rings the bell of the harbour.\n'.repeat(500_000)],
    ['a table', 'a.csv', `id,name\n${'1,the keeper of the lighthouse\n'.repeat(700_000)}`],
    ['JSON', 'a.json', `[${'{"id":1,"name":"the keeper of the lighthouse"},'.repeat(400_000)}{}]`],
  ])(
    'keeps the beginning of %s that is longer than what is kept',
    async (_what, name, bytes) => {
      const result = await extract(name, bytes, { seconds: 110 });
      expect(result.status).toBe('partial');
      expect(result.pages.join('').length).toBeGreaterThan(4_900_000);
    },
    120_000,
  );

  it.each([
    [
      'archives in archives that unpack to far too much',
      'failed',
      () =>
        [0, 1, 2].reduce(
          (bytes) => aZip([{ name: 'a.zip', bytes }]),
          aZip([{ name: 'a.txt', bytes: Buffer.alloc(300 * 1024 * 1024, 'x ') }]),
        ),
    ],
    [
      'a spreadsheet that repeats a row of a million cells a million times',
      'partial',
      () =>
        anOpenDocument(
          'spreadsheet',
          `<table:table>${'<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'.repeat(200)}</table:table>`,
        ),
    ],
    [
      'entities in XML',
      'failed',
      () =>
        Buffer.from(
          `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'a'.repeat(1000)}">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "${`&a${i - 1 < 0 ? '' : i - 1};`.repeat(20)}">`).join('')}]><x>&a19;</x>`,
        ),
    ],
    ['groups of rich text without an end', 'failed', () => Buffer.from(`{\\rtf1${'{'.repeat(1_000_000)}`)],
  ])(
    'ends %s within its limits, as %s',
    async (_what, status, make) => {
      const before = process.memoryUsage().rss;
      const result = await extract('a', make());
      expect(result.status).toBe(status);
      expect(result.pages.join('').length).toBeLessThanOrEqual(5_000_000);
      expect(process.memoryUsage().rss - before).toBeLessThan(1024 * 1024 * 1024);
    },
    90_000,
  );

  it('refuses a zip bomb while it unfolds', async () => {
    const bomb = aDocx(aParagraph('x'), [{ name: 'word/footnotes.xml', bytes: Buffer.alloc(300 * 1024 * 1024) }]);
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await extract('a.docx', bomb)).toMatchObject({ status: 'failed' });
  }, 60_000);

  it('ends a PDF bomb at the limit of memory or time, and stays small itself', async () => {
    const bomb = aPdfBomb(1024 * 1024 * 1024);
    const before = process.memoryUsage().rss;
    const result = await extract('a.pdf', bomb, { seconds: 20 });
    expect(['failed', 'partial']).toContain(result.status);
    expect(process.memoryUsage().rss - before).toBeLessThan(1024 * 1024 * 1024);
  }, 90_000);

  it('keeps the beginning of what takes too long', async () => {
    const long = 'The harbour opens at seven. '.repeat(300_000);
    const result = await extract('a.txt', long);
    expect(result.status).toBe('partial');
    expect(result.reason).toContain('5,000,000');
    expect(result.pages.join('').length).toBeLessThanOrEqual(5_000_000);
  }, 60_000);

  it('ends at once when it is called off', async () => {
    const path = join(directory, 'other');
    await writeFile(path, 'x');
    const off = new AbortController();
    const run = runExtractor({ path, name: 'a.txt', signal: off.signal });
    off.abort();
    await expect(run).rejects.toThrow('called off');
  });

  it('does not begin when it was called off before', async () => {
    let begun = false;
    const begin = () => {
      begun = true;
      return spawn('true', [], { stdio: ['ignore', 'pipe', 'pipe'] });
    };
    await expect(runExtractor({ path: 'x', name: 'x', signal: AbortSignal.abort() }, begin)).rejects.toThrow('aborted');
    expect(begun).toBe(false);
  });

  describe('that ends before it is done', () => {
    /** An extractor that says a page and then sends itself a signal, as somebody else would. */
    const endedBy = (signal: string, isLastTry = false) => {
      const page = JSON.stringify({ type: 'page', text: 'The harbour opens.', chunks: [] });
      const begin = () => spawn('sh', ['-c', `echo '${page}'; kill -${signal} $$`], { stdio: ['ignore', 'pipe', 'pipe'] });
      return runExtractor({ path: 'x', name: 'x', isLastTry }, begin);
    };

    it.each(['KILL', 'TERM'])('by SIG%s from outside says nothing about the file, which is tried again', async (signal) => {
      await expect(endedBy(signal)).rejects.toThrow(`from outside by SIG${signal}`);
    });

    it('from outside in the last try keeps what was read and says why there is no more', async () => {
      const { status, reason } = await endedBy('KILL', true);
      expect({ status, reason }).toEqual({ status: 'partial', reason: expect.stringContaining('the system ended its reader') as string });
    });

    it.each([
      ['SEGV', 'damaged'],
      ['ABRT', 'damaged'],
      ['XCPU', 'longer than 60 seconds'],
    ])('by SIG%s says so of the file: %s', async (signal, said) => {
      expect((await endedBy(signal)).reason).toContain(said);
    });
  });

  it('fails, and the process that asked goes on, when it cannot be started', async () => {
    const script = `
      import { execFile, spawn } from 'node:child_process';
      import { runExtractor } from ${JSON.stringify(new URL('run-extractor.ts', import.meta.url).href)};
      const begin = () => spawn('/nowhere/at-all', [], { stdio: ['ignore', 'pipe', 'pipe'] });
      await runExtractor({ path: 'x', name: 'x' }, begin).catch((error) => console.log(error.code));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { timeout: 20_000 });
    expect(stdout).toBe('ENOENT\n');
  });
});
