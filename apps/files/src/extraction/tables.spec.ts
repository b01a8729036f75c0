import { aDocx, aParagraph, aPdfTable, aPlacedPdf, aWordTable } from '../../test/documents.ts';
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

describe('a table of a web page', () => {
  it('has the names of its groups before those of its columns', async () => {
    const source = `<html><table><tr><th rowspan="2">Boat</th><th colspan="2">2025</th></tr><tr><th>Trips</th><th>Guests</th></tr>
      <tr><td>Aurora</td><td>12</td><td>340</td></tr></table></html>`;
    expect(await textOf('a.html', source)).toContain('Boat: Aurora; 2025 Trips: 12; 2025 Guests: 340');
  });

  it('repeats a cell in every row it reaches down to', async () => {
    const source = `<html><table><tr><th>Day</th><th>Boat</th></tr><tr><td rowspan="2">Monday</td><td>Aurora</td></tr><tr><td>Brise</td></tr></table></html>`;
    expect(await textOf('a.html', source)).toContain('Day: Monday; Boat: Brise');
  });

  it.each([
    ['over all its columns', '<tr><th colspan="3">Fleet of 2026</th></tr><tr><th>Boat</th><th>Built</th><th>Crew</th></tr>'],
    ['in a row of its own', '<tr><th>Fleet of 2026</th><th></th><th></th></tr><tr><td>Boat</td><td>Built</td><td>Crew</td></tr>'],
  ])('has a title %s above it, and not in the names of its columns', async (_where, head) => {
    const body = '<tr><td>Aurora</td><td>1962</td><td>4</td></tr><tr><td>Brise</td><td>1988</td><td>6</td></tr>';
    const text = await textOf('a.html', `<html><table>${head}${body}</table></html>`);
    expect(text).toContain('Fleet of 2026\n');
    expect(text).toContain('\nBoat: Brise; Built: 1988; Crew: 6');
  });

  it('has names of columns and of rows with an empty corner between them', async () => {
    const source = `<html><table><tr><td></td><th>Monday</th><th>Tuesday</th></tr>
      <tr><th>Opens</th><td>9</td><td>10</td></tr><tr><th>Closes</th><td>17</td><td>18</td></tr></table></html>`;
    expect(await textOf('a.html', source)).toContain('Closes; Monday: 17; Tuesday: 18');
  });

  it('has names of columns in bold where no tag says so', async () => {
    const source = `<html><table><tr><td><b>Term</b></td><td><strong>Meaning</strong></td></tr>
      <tr><td>Bow</td><td>front of a boat</td></tr><tr><td>Stern</td><td><b>back</b> of a boat</td></tr></table></html>`;
    expect(await textOf('a.html', source)).toContain('Term: Stern; Meaning: back of a boat');
  });

  it('tells a heading beside each row with its value', async () => {
    const source = '<html><table><tr><th>Keeper</th><td>Ingrid</td></tr><tr><th>Height</th><td>20 m</td></tr></table></html>';
    expect(await textOf('a.html', source)).toContain('Keeper: Ingrid\nHeight: 20 m');
  });

  it('stays text where it only lays out the page', async () => {
    const long = 'The harbour opens at seven. '.repeat(20);
    const source = `<html><table><tr><td>${long}</td><td>${long}</td></tr></table></html>`;
    expect(await textOf('a.html', source)).not.toContain('|');
  });
});

describe('a table of Word', () => {
  it('has names of columns in bold where nothing says so', async () => {
    const cell = (text: string, bold = '') => `<w:tc><w:p><w:r><w:rPr>${bold}</w:rPr><w:t>${text}</w:t></w:r></w:p></w:tc>`;
    const body = `<w:tbl><w:tr>${cell('Term', '<w:b/>')}${cell('Meaning', '<w:b w:val="1"/>')}</w:tr><w:tr>${cell('Bow')}${cell('front of a boat')}</w:tr>
      <w:tr>${cell('Stern')}${cell('back of a boat', '<w:b w:val="0"/>')}</w:tr></w:tbl>`;
    expect(await textOf('a.docx', aDocx(body))).toContain('Term: Stern; Meaning: back of a boat');
  });

  it('keeps the paragraphs of a cell in one row', async () => {
    const row = (...cells: string[]) => `<w:tr>${cells.map((cell) => `<w:tc>${cell}</w:tc>`).join('')}</w:tr>`;
    const body = `<w:tbl>${row(aParagraph('Boat'), aParagraph('Crew'), aParagraph('Built'))}${row(
      aParagraph('Brise'),
      aParagraph('Anna') + aParagraph('Ben'),
      aParagraph('1988'),
    )}</w:tbl>`;
    expect(await textOf('a.docx', aDocx(body))).toContain('Boat: Brise; Crew: Anna Ben; Built: 1988');
  });
});

describe('a sheet', () => {
  it('of one value over and over has no header', async () => {
    expect(await textOf('a.csv', 'test,1\ntest,1\ntest,1\ntest,1\nend,2\n')).toBe('test | 1\ntest | 1\ntest | 1\ntest | 1\nend | 2');
  });
});

describe('a table of a PDF', () => {
  it('keeps a value that wraps in its row', async () => {
    const bytes = await aPlacedPdf([
      ['Boat', 50, 700],
      ['Remark', 150, 700],
      ['Built', 400, 700],
      ['Brise', 50, 680],
      ['painted in spring', 150, 680],
      ['1988', 400, 680],
      ['and in autumn', 150, 667],
      ['Aurora', 50, 647],
      ['new engine', 150, 647],
      ['1962', 400, 647],
    ]);
    expect(await textOf('a.pdf', bytes)).toContain('Boat: Brise; Remark: painted in spring and in autumn; Built: 1988');
  });

  it('that is a form tells each label with its value, among rows of another kind', async () => {
    const bytes = await aPlacedPdf([
      ['Guest:', 50, 700],
      ['Olga Berg', 150, 700],
      ['Payment', 50, 684],
      ['cash', 150, 684],
      ['card', 250, 684],
      ['Room:', 50, 668],
      ['Suite', 150, 668],
      ['Parking', 50, 652],
      ['garage', 150, 652],
      ['street', 250, 652],
    ]);
    const text = await textOf('a.pdf', bytes);
    expect(text).toContain('Guest: Olga Berg\n');
    expect(text).toContain('Room: Suite\n');
  });

  it('is told though its columns stand close to each other, words at the left and numbers at the right of them', async () => {
    const rows: [string, string, string][] = [
      ['Region', 'Harbour', '2024'],
      ['North', 'Norwick', '1 200'],
      ['South', 'Lindhav', '90'],
      ['West', 'Portena', '340'],
    ];
    const numbersEnd = 150;
    const bytes = await aPlacedPdf(
      rows.flatMap(([region, harbour, year], i): [string, number, number][] => [
        [region, 50, 700 - i * 16],
        [harbour, 93, 700 - i * 16],
        [year, numbersEnd + 24.5 - [...year].reduce((sum, digit) => sum + (digit === ' ' ? 3.058 : 6.116), 0), 700 - i * 16],
      ]),
    );
    expect(await textOf('a.pdf', bytes)).toContain('Region: South; Harbour: Lindhav; 2024: 90');
  });

  it('of words alone has the names of its columns where they are set in a font of their own', async () => {
    const rows = [
      ['Keeper', 'Harbour'],
      ['Ingrid Lund', 'Norwick'],
      ['Olav Berg', 'Lindhav'],
    ];
    const placed = rows.flatMap(([left, right], i): [string, number, number][] => [
      [left!, 50, 700 - i * 16],
      [right!, 250, 700 - i * 16],
    ]);
    expect(await textOf('a.pdf', await aPlacedPdf(placed, 11, { boldFrom: 695 }))).toContain('Keeper: Olav Berg; Harbour: Lindhav');
    expect(await textOf('a.pdf', await aPlacedPdf(placed))).toContain('Olav Berg | Lindhav');
  });

  it('is told from columns of running text, which are read one after the other', async () => {
    const left = ['The committee met in the old', 'customs house and looked at', 'the plan for the new pier.'];
    const right = ['The treasurer said that the', 'fund holds nine thousand', 'euros for the lamp.'];
    const bytes = await aPlacedPdf(
      left.flatMap((line, i): [string, number, number][] => [
        [line, 50, 700 - i * 14],
        [right[i]!, 320, 700 - i * 14],
      ]),
    );
    expect(await textOf('a.pdf', bytes)).toBe(`${left.join(' ')}\n\n${right.join(' ')}`);
  });
});
