/** What the picture fonts show, for the signs that carry meaning. */
const PICTURES: Record<string, string> = {
  FC: '✓',
  FB: '✗',
  FE: '☑',
  FD: '☒',
  A8: '☐',
  '6F': '☐',
  B7: '•',
  A7: '▪',
  D8: '➢',
  E0: '→',
  DF: '←',
  F0: '⇒',
  '28': '☎',
  '2A': '✉',
};

/** What a sign of a font means, by its code in hexadecimal; nothing where the font alone knows. */
export function symbolOf(font: string, code: string): string {
  const low = code.replace(/^f0/i, '').toUpperCase();
  if (/wingdings|webdings|symbol/i.test(font)) return PICTURES[low] ?? '';
  const point = Number.parseInt(code, 16);
  return Number.isNaN(point) || (point >= 0xe000 && point <= 0xf8ff) ? '' : String.fromCodePoint(point);
}
