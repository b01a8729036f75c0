/** What a body names, before anyone looked whether it exists. */
export type NamedInBody = { usernames: string[]; room: boolean; here: boolean; moderators: boolean };

const NOBODY: NamedInBody = { usernames: [], room: false, here: false, moderators: false };
const FENCE = /^(```|~~~)[\s\S]*?(^\1|$(?![\s\S]))/gm;
/** Runs of equal length, never a part of a longer one: a body of nothing but backticks would be tried at every length. */
const INLINE_CODE = /(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g;
const QUOTED_LINE = /^ {0,3}>.*$/gm;
/** Not inside a word or an address: `a@b.c` names nobody. */
const MENTION = /(?<![\p{L}\p{N}_@.+-])@([a-z0-9_.-]{3,32})/gu;

/** Finds `@name`, `@room`, `@here` and `@moderators` outside code and quotes. */
export function namedInBody(body: string): NamedInBody {
  if (!body.includes('@')) return NOBODY;
  const prose = body.replace(FENCE, ' ').replace(INLINE_CODE, ' ').replace(QUOTED_LINE, ' ');
  // A sentence may end right after a name, and a name may contain dots.
  const tokens = [...prose.matchAll(MENTION)].flatMap(([, token = '']) => [token, token.replace(/[.-]+$/, '')]);
  const named = new Set(tokens);
  const take = (word: string) => named.delete(word);
  const [room, here, moderators] = [take('room'), take('here'), take('moderators')];
  return { usernames: [...named].slice(0, 100), room, here, moderators };
}
