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
