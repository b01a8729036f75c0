const CHARACTERS = 2400;
const LINES = 32;
/** Code of more lines is folded by itself, to about as many as are shown. */
export const CODE_FOLDS_FROM_LINES = 16;
const FOLDED_CODE_LINES = 11;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Whether a message would fill the screen by itself; one a little over the fold is shown whole. */
export function isLong(text: string): boolean {
  if (text.length <= CHARACTERS && text.split('\n', LINES + 1).length <= LINES) return false;
  const shown = withCodeFolded(text.split('\n'));
  return shown.length > LINES || shown.join('\n').length > CHARACTERS;
}

function withCodeFolded(lines: readonly string[]): string[] {
  const shown: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const fence = FENCE.exec(lines[at]!)?.[1];
    shown.push(lines[at]!);
    if (fence === undefined) continue;
    const end = lines.findIndex((line, index) => index > at && line.trim().startsWith(fence));
    const code = lines.slice(at + 1, end < 0 ? undefined : end);
    shown.push(...(code.length > CODE_FOLDS_FROM_LINES ? code.slice(0, FOLDED_CODE_LINES) : code));
    at += code.length + (end < 0 ? 0 : 1);
  }
  return shown;
}
