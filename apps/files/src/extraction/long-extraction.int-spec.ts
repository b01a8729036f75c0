import { readFile } from 'node:fs/promises';
import { aDocx, aParagraph, aPdfBomb, aScan, aZip } from '../../test/documents.ts';
import { Extracting } from '../../test/extracting.ts';
import { anOpenDocument } from '../../test/office.ts';

describe('extraction of what takes long', () => {
  const extracting = new Extracting();
  beforeAll(() => extracting.begin());
  afterAll(() => extracting.end());
  const extract: Extracting['extract'] = (...document) => extracting.extract(...document);

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
});
