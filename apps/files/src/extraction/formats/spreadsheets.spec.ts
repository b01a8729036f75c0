import { anOpenDocument, anXlsx, aWorkbook, odfTable } from '../../../test/office.ts';
import { read, textOf } from '../../../test/reading.ts';

const FLEET = [
  ['Boat', 'Built'],
  ['Brise', '1988'],
];
const BRISE = 'Boat: Brise; Built: 1988';

describe('a spreadsheet', () => {
  it.each([
    ['XLSX', anXlsx({ Fleet: FLEET })],
    ['XLS', aWorkbook({ Fleet: FLEET }, 'biff8')],
    ['XLS of 1995', aWorkbook({ Fleet: FLEET }, 'biff5')],
    ['XLSB', aWorkbook({ Fleet: FLEET }, 'xlsb')],
    ['ODS', anOpenDocument('spreadsheet', odfTable(FLEET, 'Fleet'))],
  ])('has the name of each sheet and its rows: %s', async (_format, bytes) => {
    expect(await textOf('a', bytes)).toBe(`Fleet\n\nBoat | Built\n\n${BRISE}`);
  });

  it('is read without hidden sheets, a page for each other', async () => {
    const { pages } = await read('a.xlsx', anXlsx({ One: FLEET, Secret: [['gone']], Two: FLEET }, { hidden: ['Secret'] }));
    expect(pages.map((page) => page.split('\n')[0])).toEqual(['One', 'Two']);
  });

  it('has the value of a merged cell in every row that it reaches down to', async () => {
    const rows = [
      ['Region', 'Boat', 'Keeper'],
      ['North', 'Aurora', 'Ingrid'],
      ['', 'Brise', 'Olav'],
      ['South', 'Comet', 'Kari'],
    ];
    const text = await textOf('a.xlsx', anXlsx({ Fleet: rows }, { merged: ['A2:A3'] }));
    expect(text).toContain('Region: North; Boat: Brise; Keeper: Olav\nRegion: South; Boat: Comet; Keeper: Kari');
  });

  it('does not repeat a merged title', async () => {
    const rows = [
      ['The fleet of Norwick', '', ''],
      ['Boat', 'Built', 'Berth'],
      ['Brise', '1988', '4'],
    ];
    expect(await textOf('a.xlsx', anXlsx({ Fleet: rows }, { merged: ['A1:B1'] }))).toBe(
      'Fleet\n\nThe fleet of Norwick\n\nBoat | Built | Berth\n\nBoat: Brise; Built: 1988; Berth: 4',
    );
  });

  it('shows numbers as they are written', async () => {
    expect(
      await textOf(
        'a.xlsx',
        anXlsx({
          S: [
            ['id', 'n'],
            ['9007199254740993', '0.1'],
          ],
        }),
      ),
    ).toContain('id: 9007199254740993; n: 0.1');
  });

  describe('as Excel 2003 writes it in XML', () => {
    const cell = (value: string, type = 'String', more = '') => `<Cell${more}><Data ss:Type="${type}">${value}</Data></Cell>`;
    const sheet = (name: string, rows: string, more = '') => `<Worksheet ss:Name="${name}"><Table>${rows}</Table>${more}</Worksheet>`;
    const book = (...sheets: string[]) =>
      `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">${sheets.join('')}</Workbook>`;
    const rows = (...all: string[]) => all.map((row) => `<Row>${row}</Row>`).join('');

    it.each(['a.xml', 'a.xls'])('is read by its sheets and rows, whatever its name: %s', async (name) => {
      const fleet = sheet('Fleet', rows(cell('Boat') + cell('Built'), cell('Brise') + cell('1988', 'Number')));
      expect(await textOf(name, book(fleet))).toBe(`Fleet\n\nBoat | Built\n\n${BRISE}`);
    });

    it('keeps its values as they are written, and says of days no time', async () => {
      const head = ['Boat', 'Number', 'Bought', 'Opens', 'Seen', 'Afloat'].map((name) => cell(name)).join('');
      const days = ['2024-03-01T00:00:00.000', '1899-12-31T07:30:00.000', '2024-03-02T10:15:00.000'].map((day) => cell(day, 'DateTime'));
      const row = `${cell('Brise')}${cell('9007199254740993', 'Number')}${days.join('')}${cell('1', 'Boolean')}`;
      expect(await textOf('a.xls', book(sheet('Fleet', rows(head, row))))).toContain(
        'Boat: Brise; Number: 9007199254740993; Bought: 2024-03-01; Opens: 07:30:00; Seen: 2024-03-02 10:15:00; Afloat: TRUE',
      );
    });

    it('is read without hidden sheets, with what is written of cells, and with values that reach over rows', async () => {
      const note = '<Comment><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>She</B> leaks.</ss:Data></Comment></Cell>';
      const fleet = sheet(
        'Fleet',
        rows(
          cell('Region') + cell('Boat') + cell('Built'),
          cell('North', 'String', ' ss:MergeDown="1"') + cell('Brise').replace('</Cell>', note) + cell('1988', 'Number'),
          cell('Comet', 'String', ' ss:Index="2"') + cell('2001', 'Number'),
        ),
      );
      const hidden = sheet('Secret', rows(cell('gone')), '<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>');
      expect(await textOf('a.xls', book(hidden, fleet))).toBe(
        'Fleet\n\nRegion | Boat | Built\n\nRegion: North; Boat: Brise; Built: 1988\nRegion: North; Boat: Comet; Built: 2001\n\nBrise: She leaks.',
      );
    });

    it('is not filled where it says that it goes on for ever', async () => {
      const far = `<Row ss:Index="2147483647">${cell('Here.', 'String', ' ss:Index="2147483647" ss:MergeDown="2147483647"')}${cell('There.', 'String', ' ss:Index="2"')}</Row>`;
      expect((await textOf('a.xls', book(sheet('S', far.repeat(3))))).split(/\s+/)).toEqual([
        'S',
        ...Array(3).fill(['|', 'There.']).flat(),
      ]);
    });
  });

  it('does not fill what is said to repeat a million times', async () => {
    const body = `<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row><table:table-cell><text:p>Here.</text:p></table:table-cell></table:table-row></table:table>`;
    expect(await textOf('a.ods', anOpenDocument('spreadsheet', body))).toBe('S\n\nHere.');
  });
});

describe('a sheet', () => {
  it('of one value over and over has no header', async () => {
    expect(await textOf('a.csv', 'test,1\ntest,1\ntest,1\ntest,1\nend,2\n')).toBe('test | 1\ntest | 1\ntest | 1\ntest | 1\nend | 2');
  });
});
