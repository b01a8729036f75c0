import { aDrawnPdf, fromTheRight, type Sign } from '../../../test/drawn-pdf.ts';
import { textOf } from '../../../test/reading.ts';

const lineOf = (signs: Sign[]) => textOf('a.pdf', aDrawnPdf(signs));

describe('a line of a PDF that runs from the right', () => {
  it('has its words apart where they are drawn letter by letter, and its letters together behind a stop', async () => {
    const [first, second] = [fromTheRight('שלום', 300, 5), fromTheRight('לכולם', 277, 5)];
    expect(await lineOf([['.', 253, 3], [' ', 250, 3], ...first, ...second])).toBe('שלום לכולם.');
  });

  it('has a blank between a word and the number that was drawn after it', async () => {
    expect(await lineOf([...fromTheRight('בשעה'), ['7:30', 259, 20], ...fromTheRight('בבוקר', 250)])).toBe('בשעה 7:30 בבוקר');
  });

  it('has the vowel of a letter behind it, whether the sign was drawn before or after the letter', async () => {
    const after: Sign[] = [
      ['ב', 300],
      ['ָ', 302, 0],
      ['ר', 294],
      ['ָ', 296, 0],
      ['א', 288],
    ];
    expect(await lineOf(after)).toBe('בָרָא');
    const before: Sign[] = [
      ['א', 288],
      ['ָ', 296, 0],
      ['ר', 294],
      ['ָ', 302, 0],
      ['ב', 300],
    ];
    expect(await lineOf(before)).toBe('בָרָא');
  });

  it.each([
    ['ا', 'لأ', 'ول', 'الأول'],
    ['د', 'لا', 'ر', 'دلار'],
  ])('has lam and alef in their order though one sign stands for both: %s %s %s', async (first, sign, last, word) => {
    const left = 290 - 6 * last.length;
    expect(await lineOf([...fromTheRight(first), [sign, 290, 10], ...fromTheRight(last, 284)])).toBe(word);
    expect(await lineOf([...fromTheRight(last, 284).toReversed(), [sign, 290, 10], [first, 300], ['.', left - 6]])).toContain(word);
  });

  it('has a vowel without a blank before it, however the font places it', async () => {
    expect(
      await lineOf([
        ['م', 250],
        [' ', 255],
        ['ِ', 260, 0],
        ['ل', 260],
        ['ا', 266],
      ]),
    ).not.toMatch(/ \p{M}/u);
  });

  it.each([
    ['by its looks', '(', ')'],
    ['by its meaning', ')', '('],
  ])('opens and closes brackets in order where a program names a bracket %s', async (_how, left, right) => {
    const line = await lineOf([...fromTheRight('לונד'), [right, 274, 4], ['Lund', 248, 26], [left, 244, 4]]);
    expect(line).toBe('לונד (Lund)');
  });

  it('has the stop that ends it behind its last number', async () => {
    expect(await lineOf([...fromTheRight('בשנת'), ['.2023', 252, 26]])).toBe('בשנת 2023.');
  });

  it('has digits of Persian in their order', async () => {
    const signs: Sign[] = [...fromTheRight('سال'), ...[...'۱۴۰۲'].map((digit, i): Sign => [digit, 263 + i * 5])];
    expect(await lineOf(signs)).toBe('سال ۱۴۰۲');
  });
});
