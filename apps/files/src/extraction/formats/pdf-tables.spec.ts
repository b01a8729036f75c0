import { aPlacedPdf } from '../../../test/documents.ts';
import { textOf } from '../../../test/reading.ts';

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
