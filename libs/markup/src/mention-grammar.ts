/** The at sign, also as input methods for Chinese, Japanese and Korean write it. */
const AT = '[@\\uFF20\\uFE6B]';
/** Scripts written without spaces between words, and Korean, whose particles follow a name at once. */
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Hangul', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('');
/** A letter or digit that a name could be a part of: `mail@host`, `naïve@here`. */
const WORD = new RegExp(`[\\p{L}\\p{M}\\p{N}_]`, 'u');
const UNSPACED_CHARACTER = new RegExp(`[${UNSPACED}]`, 'u');
const NAME = /^[A-Za-z0-9_.-]{1,64}/;
const LONGEST_NAME = 32;
const SHORTEST_NAME = 3;
/** How far back what stands before an at sign is looked at, so that a text of at signs alone is read in linear time. */
const NEAR = 200;

/** A place in a text where somebody may be named. */
export type MentionPlace = {
  /** Where the at sign stands, in UTF-16 units. */
  at: number;
  /**
   * What may be the name, in lower case, longest first: `@ann.` is either `ann.` or `ann` at the end of a sentence. The
   * first that exists is meant.
   */
  candidates: string[];
};

const MAY_NAME = new RegExp(`${AT}[A-Za-z0-9_.-]`, 'u');

/** Whether a text, with whatever markup, could name anybody; cheap, and true too often rather than too seldom. */
export const mayName = (text: string): boolean => MAY_NAME.test(text);

/** Every place of a text, without markup, where somebody may be named, in order. */
export function findMentions(text: string): MentionPlace[] {
  return [...text.matchAll(new RegExp(AT, 'gu'))].flatMap(({ index }) => {
    const name = NAME.exec(text.slice(index + 1))?.[0] ?? '';
    const candidates =
      mayBegin(text.slice(Math.max(0, index - NEAR), index)) && mayEnd(text.slice(index + 1 + name.length)) ? candidatesOf(name) : [];
    return candidates.length > 0 ? [{ at: index, candidates }] : [];
  });
}

/** The mention being typed at the end of a text: what stands after its at sign, any script, or nothing yet. */
export function mentionAt(before: string): { query: string; from: number } | undefined {
  const found = new RegExp(`${AT}([\\p{L}\\p{M}\\p{N}_.-]{0,32})$`, 'u').exec(before);
  if (!found || !mayBegin(before.slice(0, found.index).slice(-NEAR))) return undefined;
  return { query: found[1] ?? '', from: found.index };
}

/** Not inside a word, not after another at sign, not inside an address or a path. */
function mayBegin(before: string): boolean {
  // An underscore that begins no word is a mark of emphasis which found no partner.
  const unmarked = before.replace(/_+$/, '');
  const previous = lastCharacter(WORD.test(lastCharacter(unmarked)) ? before : unmarked);
  if (new RegExp(AT, 'u').test(previous)) return false;
  if (previous === '/') return !isAddress(/\S*$/.exec(before)?.[0] ?? '');
  return !WORD.test(previous) || UNSPACED_CHARACTER.test(previous);
}

/** `host.example/`, `https://host/`, `/usr/`, but not `@ann/` and not `and/`. */
const isAddress = (chunk: string): boolean => /^[/~.]|[.:][^@]*\/$|\/.*\//.test(chunk.replace(new RegExp(`^.*${AT}`, 'u'), '@'));

/** A name that goes on in letters of another kind, or into a host, is not the name that was found. */
function mayEnd(after: string): boolean {
  const [next = ''] = after;
  return !new RegExp(AT, 'u').test(next) && (!WORD.test(next) || UNSPACED_CHARACTER.test(next));
}

function candidatesOf(name: string): string[] {
  const found: string[] = [];
  for (let length = name.length; length > 0; length--) {
    if (length <= LONGEST_NAME && length >= SHORTEST_NAME) found.push(name.slice(0, length).toLowerCase());
    // Only marks at the end belong to the sentence; from the first letter on it is the name.
    if (/[A-Za-z0-9]/.test(name.charAt(length - 1))) break;
  }
  return found;
}

const lastCharacter = (text: string): string => [...text.slice(-2)].at(-1) ?? '';
