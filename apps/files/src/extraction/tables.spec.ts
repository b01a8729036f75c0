import { aDocx, aWordTable, aPdfTable } from '../../test/documents.ts';
import { anOpenDocument, anXlsx, aWorkbook, odfTable } from '../../test/office.ts';
import { textOf } from '../../test/reading.ts';
import { sentencesOf } from '../text/sentences.ts';

type Format = [name: string, make: (rows: string[][]) => Promise<string>];

const html = (rows: string[][]) =>
  `<html><table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table></html>`;
const FORMATS: Format[] = [
  ['a CSV', (rows) => textOf('a.csv', rows.map((row) => row.join(',')).join('\n'))],
  ['a TSV', (rows) => textOf('a.tsv', rows.map((row) => row.join('\t')).join('\r\n'))],
  ['a web page', (rows) => textOf('a.html', html(rows))],
  ['Word', (rows) => textOf('a.docx', aDocx(aWordTable(rows)))],
  ['Excel', (rows) => textOf('a.xlsx', anXlsx({ S: rows }))],
  ['Excel of old', (rows) => textOf('a.xls', aWorkbook({ S: rows }, 'biff8'))],
  ['a spreadsheet of OpenDocument', (rows) => textOf('a.ods', anOpenDocument('spreadsheet', odfTable(rows)))],
  ['a PDF', async (rows) => textOf('a.pdf', await aPdfTable(rows, 160))],
];

describe.each(FORMATS)('a table in %s', (_format, make) => {
  it.each([
    {
      what: 'names of columns',
      rows: [
        ['Boat', 'Capacity', 'Built'],
        ['Aurora', '240', '1962'],
        ['Brise', '90', '1988'],
      ],
      line: 'Boat: Brise; Capacity: 90; Built: 1988',
    },
    {
      what: 'years as columns',
      rows: [
        ['Country', '2019', '2020'],
        ['Norway', '5.3', '5.4'],
        ['Chile', '18.9', '19.1'],
      ],
      line: 'Country: Chile; 2019: 18.9; 2020: 19.1',
    },
    {
      what: 'a nameless first column',
      rows: [
        ['', 'name', 'salary'],
        ['0', 'Anna', '2900'],
        ['1', 'Ben', '2750'],
      ],
      line: '1; name: Ben; salary: 2750',
    },
    {
      what: 'a title above',
      rows: [
        ['Stock in March', '', ''],
        ['Item', 'Shelf', 'Count'],
        ['Paint', 'A1', '14'],
        ['Brush', 'A2', '9'],
      ],
      line: 'Item: Brush; Shelf: A2; Count: 9',
    },
    {
      what: 'two columns of one name',
      rows: [
        ['Name', 'Phone', 'Phone'],
        ['Anna', '555-0101', '555-0102'],
        ['Ben', '555-0103', '555-0104'],
      ],
      line: 'Name: Ben; Phone: 555-0103; Phone: 555-0104',
    },
    {
      what: 'its header again between the rows',
      rows: [
        ['Item', 'Count'],
        ['Paint', '14'],
        ['Item', 'Count'],
        ['Brush', '9'],
      ],
      line: 'Item: Paint; Count: 14\nItem: Brush; Count: 9',
    },
    {
      what: 'an empty cell',
      rows: [
        ['Boat', 'Capacity', 'Built'],
        ['Aurora', '240', '1962'],
        ['Comet', '', '2001'],
      ],
      line: 'Boat: Comet; Built: 2001',
    },
    {
      what: 'its header twice, and words alone',
      rows: [
        ['Name', 'Role'],
        ['Name', 'Role'],
        ['Anna', 'keeper'],
        ['Ben', 'cook'],
      ],
      line: 'Name: Anna; Role: keeper\nName: Ben; Role: cook',
    },
  ])('names the column of each value, with $what', async ({ rows, line }) => {
    expect(await make(rows)).toContain(line);
  });

  it('is left without names where its first row is a row like the others', async () => {
    const text = await make([
      ['Anna', '1988', '12'],
      ['Ben', '1990', '14'],
      ['Cleo', '1991', '9'],
    ]);
    expect(text).toContain('Anna | 1988 | 12');
  });

  it('makes each row a sentence of its own', async () => {
    const rows = [
      ['Boat', 'Home port of the boat', 'Built'],
      ...['Aurora', 'Brise', 'Comet'].map((boat) => [boat, 'Norwick in the county', '1962']),
    ];
    const text = await make(rows);
    const sentences = sentencesOf(text).map(({ start, end }) => text.slice(start, end));
    expect(sentences).toContain('Boat: Brise; Home port of the boat: Norwick in the county; Built: 1962');
  });
});

describe('a table of a text file', () => {
  it.each([
    ['names its separator', 'sep=;\nProduct;Price\nKettle;24,90\n', 'Product: Kettle; Price: 24,90'],
    ['names its separator between quotes', '"sep=|"\r\nProduct|Price\r\nKettle|24,90\r\n', 'Product: Kettle; Price: 24,90'],
    [
      'has groups of columns, the last without separators behind it',
      ',2023,,2024\nPier,Trips,Guests,Trips,Guests\nNorth,12,340,14,360\nSouth,7,90,9,95\n',
      'Pier: South; 2023 Trips: 7; 2023 Guests: 90; 2024 Trips: 9; 2024 Guests: 95',
    ],
    ['has groups beside columns of one row', 'Boat,2025,\n,In,Out\nBrise,4,6\nAurora,5,7\n', 'Boat: Brise; 2025 In: 4; 2025 Out: 6'],
    ['ends its lines with separators', 'Name;City;\nAnna;Oslo;\nBen;Lima;\n', 'Name: Ben; City: Lima'],
    ['has decimal commas', 'Item;Net;Gross\nA;1,50;1,80\nB;2,25;2,70\n', 'Item: B; Net: 2,25; Gross: 2,70'],
    [
      'opens a quote that never ends',
      'Name,Note\nAnna,"likes tea\nBen,likes coffee\n',
      'Name: Anna; Note: likes tea\nName: Ben; Note: likes coffee',
    ],
    [
      'opens two quotes that do not match',
      'Name,Note\nAnna,"tea\nBen,"coffee"\nCleo,"a, b"\n',
      'Name: Ben; Note: coffee\nName: Cleo; Note: a, b',
    ],
    ['has lines and quotes in its values', 'Name,Note\nAnna,"one\ntwo ""three"""\nBen,x\n', 'Name: Anna; Note: one two "three"'],
    ['keeps its numbers as they are written', 'id,price\n9007199254740993,10.50\n2,1.00\n', 'id: 9007199254740993; price: 10.50'],
  ])('is read when it %s', async (_what, source, line) => {
    expect(await textOf('a.csv', source)).toContain(line);
  });
});

describe('a quote in a value of a table of values', () => {
  it.each([
    ['doubled', '"she said ""hi"", then left"'],
    ['behind a backslash', '"she said \\"hi\\", then left"'],
  ])('is read: %s', async (_how, value) => {
    expect(await textOf('a.csv', `name,said\nAnn,${value}\nBob,plain\n`)).toContain('name: Ann; said: she said "hi", then left\n');
  });

  it('leaves a backslash alone that ends a value', async () => {
    expect(await textOf('a.csv', 'name,path\nAnn,"C:\\boats\\"\nBob,"D:\\"\n')).toContain(
      'name: Ann; path: C:\\boats\\\nname: Bob; path: D:\\',
    );
  });
});

describe('two tables below each other', () => {
  const rows = (...blocks: string[][][]) => blocks.flatMap((block, i) => (i === 0 ? block : [['', ''], ...block]));
  const both = rows(
    [
      ['Boat', 'Built'],
      ['Brise', '1988'],
      ['Aurora', '1962'],
    ],
    [
      ['Crew of 2026', ''],
      ['Person', 'Age'],
      ['Olga', '44'],
      ['Per', '51'],
    ],
  );

  it.each([
    ['a CSV', () => textOf('a.csv', both.map((row) => row.join(',').replace(/^,$/, '')).join('\n'))],
    ['Excel', () => textOf('a.xlsx', anXlsx({ S: both }))],
    ['Excel of old', () => textOf('a.xls', aWorkbook({ S: both }, 'biff8'))],
    ['a spreadsheet of OpenDocument', () => textOf('a.ods', anOpenDocument('spreadsheet', odfTable(both)))],
  ])('in %s each name their own columns', async (_format, make) => {
    const text = await make();
    expect(text).toContain('Boat: Aurora; Built: 1962\n');
    expect(text).toContain('Crew of 2026\n\nPerson | Age\n\nPerson: Olga; Age: 44\nPerson: Per; Age: 51');
  });

  it('are one where a blank row only parts its rows', async () => {
    const source = 'Boat,Port,Built\nBrise,Oslo,1988\nAurora,Lima,1962\n\nComet,Oslo,2001\n\nNorth\nVega,Bergen,1999\n';
    const text = await textOf('a.csv', source);
    expect(text).toContain('Boat: Comet; Port: Oslo; Built: 2001');
    expect(text).toContain('Boat: Vega; Port: Bergen; Built: 1999');
  });
});
