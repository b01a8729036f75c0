import { PDFDocument, StandardFonts } from 'pdf-lib';
import { aPdf, aPlacedPdf } from '../../../test/documents.ts';
import { aDrawnPdf, type Sign } from '../../../test/drawn-pdf.ts';
import { read, textOf } from '../../../test/reading.ts';

describe('a PDF', () => {
  it('keeps the hyphens of words and joins those that are broken', async () => {
    const lines = [
      'The gathering takes place in the twenty-',
      'five year old house. It is a state-of-the-',
      'art building with a well-',
      'known roof and a good har-',
      'bour view for visitors.',
    ];
    const bytes = await aPlacedPdf(lines.map((line, i) => [line, 50, 700 - i * 14]));
    expect(await textOf('a.pdf', bytes)).toBe(
      'The gathering takes place in the twenty-five year old house. It is a state-of-the-art building with a well-known roof and a good harbour view for visitors.',
    );
  });

  it('joins a number with the word that its hyphen leads to', async () => {
    const bytes = await aPlacedPdf([
      ['The customs house by the sea is a 125-', 50, 700],
      ['year-old building.', 50, 686],
    ]);
    expect(await textOf('a.pdf', bytes)).toBe('The customs house by the sea is a 125-year-old building.');
  });

  it.each(['1.', '(a)', '•'])('has the items of a list in lines of their own, with their marks: %s', async (mark) => {
    const items = ['Bring the lamp oil to the tower', 'Clean the glass with a soft cloth', 'Write the time into the log book'];
    for (const gap of [17, 22, 30]) {
      const bytes = await aPlacedPdf(
        items.flatMap((item, i): [string, number, number][] => [
          [mark, 50, 700 - i * 14],
          [item, 50 + gap, 700 - i * 14],
        ]),
      );
      expect(await textOf('a.pdf', bytes)).toBe(items.map((item) => `${mark} ${item}`).join('\n'));
    }
  });

  it.each([
    ['SAFETY RULES', 20, 'SAFETY RULES'],
    ['Bericht', 14, 'Bericht'],
    ['ABCDE', 14, 'A B C D E'],
  ])('has words whose letters are set apart as words: %s', async (heading, step, shown) => {
    const letters = [...heading].flatMap((letter, i): [string, number, number][] => (letter === ' ' ? [] : [[letter, 50 + i * step, 700]]));
    expect(await textOf('a.pdf', await aPlacedPdf([...letters, ['Wear a vest on the pier.', 50, 670]]))).toMatch(
      new RegExp(`^${shown}\\s`),
    );
  });

  it('tells text once that is drawn twice', async () => {
    const bytes = await aPlacedPdf([
      ['Bold heading', 50, 700],
      ['Bold heading', 50.4, 700],
    ]);
    expect(await textOf('a.pdf', bytes)).toBe('Bold heading');
  });

  it('reads on from one page to the next', async () => {
    expect((await read('a.pdf', await aPdf(['One.', '', 'Three.']))).pages).toEqual(['One.', '', 'Three.']);
  });

  const left = [
    'The harbour of Norwick opens',
    'every morning at seven when',
    'the bell of the old tower is',
    'rung by its keeper, and boats',
    'leave at eight for the islands',
    'in the north, where the nets',
    'were laid the evening before',
    'and the herring is waiting.',
  ];
  const right = [
    'Ingrid Lund has kept the tower',
    'since her father left it, and',
    'she climbs its steps two times',
    'a day to look for ships that',
    'are late, or that burn the red',
    'light of a boat in need; then',
    'she calls the lifeboat by the',
    'telephone beside the door.',
  ];
  const columns = (x: number, lines: string[], top: number): [string, number, number][] => lines.map((line, i) => [line, x, top - i * 14]);

  it('is read column by column though the number of the page stands in the gap between them', async () => {
    const bytes = await aPlacedPdf([...columns(50, left, 700), ...columns(310, right, 700), ['1', 290, 560], ['Norwick Press', 420, 560]]);
    const text = await textOf('a.pdf', bytes);
    expect(text).toContain(left.join(' '));
    expect(text).toContain(right.join(' '));
  });

  it('is read column by column where lines do not stand at the same heights', async () => {
    const text = await textOf('a.pdf', await aPlacedPdf([...columns(50, left, 700), ...columns(310, right, 693)]));
    expect(text).toBe(`${left.join(' ')}\n\n${right.join(' ')}`);
  });

  it('keeps small lines beside a large one apart', async () => {
    const document = await PDFDocument.create();
    const font = await document.embedFont(StandardFonts.Helvetica);
    const page = document.addPage([595, 842]);
    page.drawText('Norwick', { x: 50, y: 700, size: 22, font });
    page.drawText('harbour and', { x: 250, y: 704, size: 9, font });
    page.drawText('lighthouse', { x: 250, y: 695, size: 9, font });
    expect((await textOf('a.pdf', Buffer.from(await document.save()))).split(/\s+/)).toEqual(expect.arrayContaining(['and', 'lighthouse']));
  });

  it('parts the raised sign of a note from the word behind it', async () => {
    const document = await PDFDocument.create();
    const font = await document.embedFont(StandardFonts.Helvetica);
    const page = document.addPage([595, 842]);
    page.drawText('2', { x: 50, y: 703, size: 6, font });
    page.drawText('These are the rules of the harbour.', { x: 54, y: 700, size: 10, font });
    expect(await textOf('a.pdf', Buffer.from(await document.save()))).toBe('2 These are the rules of the harbour.');
  });

  it('has the letters that TeX joins, where the font does not say what their sign means', async () => {
    const drawn = 'It modi\u001ces the \u001crst su\u001ecient e\u001bort \u001c';
    const signs = [...drawn].flatMap((letter, i): Sign[] => (letter === ' ' ? [] : [[letter, 50 + i * 5]]));
    expect(await textOf('a.pdf', aDrawnPdf(signs))).toBe('It modifies the first sufficient effort');
  });
});
