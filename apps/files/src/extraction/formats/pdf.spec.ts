import { aPdf, aPlacedPdf } from '../../../test/documents.ts';
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
});
