/** A number written with blanks: its digits, and where it stands, in UTF-16 units. */
export type FoundNumber = { form: string; at: number; end: number };

const SCALES: Record<string, number> = { hundred: 100, thousand: 1000, million: 1e6, billion: 1e9 };
const COUNTS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
/** "30 000", "one thousand", "5 million": numbers of more than one word. */
const LONG_NUMBER = new RegExp(
  `(?<![\\d.,])\\d{1,3}(?: \\d{3})+(?![\\d.,]\\d|\\d)|(?<![\\d.,\\p{L}])(\\d[\\d.,]{0,15}|a|${COUNTS.join('|')}) (${Object.keys(SCALES).join('|')})\\b`,
  'giu',
);

/** Every number of a text that is written with blanks, as one. */
export function numbersIn(text: string): FoundNumber[] {
  return [...text.matchAll(LONG_NUMBER)].flatMap(({ 0: found, 1: count, 2: scale, index: at }) => {
    const form = scale ? scaled(count!.toLowerCase(), SCALES[scale.toLowerCase()]!) : found.replaceAll(' ', '');
    return form === null ? [] : [{ form, at, end: at + found.length }];
  });
}

function scaled(count: string, scale: number): string | null {
  const times = count === 'a' ? 1 : COUNTS.includes(count) ? COUNTS.indexOf(count) + 1 : Number(plainNumber(count) ?? count);
  return Number.isFinite(times) ? String(Math.round(times * scale * 1000) / 1000) : null;
}

/** 1,200 and 1.200 without what groups their digits, 10,50 and 10.50 as 10.5; null for what is no such number. */
export function plainNumber(text: string): string | null {
  if (/^\p{Nd}{1,3}(?:[.,]\p{Nd}{3})+$/u.test(text)) return text.replace(/[.,]/g, '');
  if (!/^\p{Nd}+[.,]\p{Nd}+$/u.test(text)) return null;
  return text.replace(',', '.').replace(/\.?0+$/, '');
}
