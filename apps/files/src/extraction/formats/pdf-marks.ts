import type { PlacedRun } from './pdf-run.ts';

const RTL_LETTER = /\p{L}/u;
const RTL = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const MARKS = /^\s*[\p{M}\s]*\p{M}\s*$/u;

/**
 * Vowels and other signs of Arabic and Hebrew are drawn by themselves, above or below their letter: each is put behind
 * the letter it was drawn with. Lines that are drawn from the left, against their direction, have the sign before it.
 */
export function withMarks(drawn: PlacedRun[]): PlacedRun[] {
  const runs = withSecondLetters(drawn.flatMap(apart));
  const isMark = runs.map(({ text }) => MARKS.test(text));
  if (!isMark.includes(true)) return runs;
  const added = new Map<PlacedRun, string>();
  const left = runs.filter((run, i) => {
    if (!isMark[i]) return true;
    const before = letterBeside(runs, isMark, i, -1);
    const after = letterBeside(runs, isMark, i, 1);
    const letter = before && after && after.x > before.x ? after : (before ?? after);
    if (!letter) return true;
    added.set(letter, `${added.get(letter) ?? ''}${run.text.trim()}`);
    return false;
  });
  return left.map((run) => (added.has(run) ? { ...run, text: run.text.trimEnd() + added.get(run) } : run));
}

/** A sign at the beginning of a run was drawn last in it: the library has turned both around. */
function apart(run: PlacedRun): PlacedRun[] {
  const marks = RTL.test(run.text) ? /^\p{M}+(?=\p{L})/u.exec(run.text)?.[0] : undefined;
  return marks === undefined
    ? [run]
    : [
        { ...run, text: run.text.slice(marks.length) },
        { ...run, text: marks, width: 0 },
      ];
}

/** Of a sign that stands for several letters, the others are told as drawn in its place, without a width. */
function withSecondLetters(runs: PlacedRun[]): PlacedRun[] {
  const whole: PlacedRun[] = [];
  for (const run of runs) {
    const before = whole.at(-1);
    const isSecond = before && run.width === 0 && /^\p{L}\p{M}*$/u.test(run.text) && RTL.test(run.text) && RTL.test(before.text);
    if (isSecond && Math.abs(run.x - before.x) < 0.5 && run.y === before.y)
      whole.splice(-1, 1, { ...before, text: before.text + run.text });
    else whole.push(run);
  }
  return whole;
}

/** The run with letters that was drawn next before or after a sign, on its line. */
function letterBeside(runs: PlacedRun[], isMark: boolean[], from: number, step: 1 | -1): PlacedRun | undefined {
  let at = from + step;
  while (isMark[at]) at += step;
  const beside = runs[at];
  const mark = runs[from]!;
  if (!beside || !RTL.test(beside.text) || !RTL_LETTER.test(beside.text) || Math.abs(beside.y - mark.y) > beside.height) return undefined;
  const near = mark.height;
  return mark.x > beside.x - near && mark.x < beside.x + beside.width + near ? beside : undefined;
}
