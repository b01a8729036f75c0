export const KINDS = ['messages', 'files'] as const;
export const HAS = ['link', 'file', 'image', 'pin', 'reaction'] as const;
export const OPERATORS = ['from', 'in', 'has', 'before', 'after', 'mentions'] as const;
export type Operator = (typeof OPERATORS)[number];

/** A piece of what was typed, with its place in it (UTF-16). */
export type QueryPart = { start: number; end: number } & (
  { kind: 'word'; text: string } | { kind: 'phrase'; text: string } | { kind: 'operator'; operator: Operator; value: string }
);

const OPERATOR = new RegExp(`^(${OPERATORS.join('|')}):(?:["“”„]([^"“”„]*)["“”„]?|(\\S*))`, 'iu');
const PHRASE = /^["“”„]([^"“”„]*)(?:["“”„]|$)/u;
const WORD = /^[^\s"“”„]+/u;

/** Takes a query apart: operators, phrases in quotes (the last may still be open), words. */
export function queryParts(q: string): QueryPart[] {
  const parts: QueryPart[] = [];
  for (let at = 0; at < q.length;) {
    const rest = q.slice(at);
    const space = /^\s+/u.exec(rest)?.[0].length ?? 0;
    if (space > 0) {
      at += space;
      continue;
    }
    const { part, length } = partAt(rest);
    parts.push({ ...part, start: at, end: at + length });
    at += length;
  }
  return parts;
}

type Bare<T> = T extends unknown ? Omit<T, 'start' | 'end'> : never;

function partAt(rest: string): { part: Bare<QueryPart>; length: number } {
  const operator = OPERATOR.exec(rest);
  if (operator) {
    const [whole, name, quoted, bare] = operator;
    return { part: { kind: 'operator', operator: name!.toLowerCase() as Operator, value: (quoted ?? bare)!.trim() }, length: whole.length };
  }
  const phrase = PHRASE.exec(rest);
  if (phrase) return { part: { kind: 'phrase', text: phrase[1]!.trim() }, length: phrase[0].length };
  const word = WORD.exec(rest)![0];
  return { part: { kind: 'word', text: word }, length: word.length };
}
