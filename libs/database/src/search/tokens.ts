/**
 * A word, or a run of a script that sets no spaces, made comparable: case, accents and the width of letters aside.
 * `at[i]` is the code point of the text that the letter `text[i]` was written as; `end` is the one after the last.
 */
export type Token = { text: string; isRun: boolean; at: number[]; end: number };

/** Accents of Latin, Greek and Cyrillic, points of Hebrew, vowels and hamza of Arabic. Indic marks stay: they are letters. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640]/g;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
const RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;
/** Written inside of words without parting them: apostrophes, soft hyphens, joiners, variation selectors. */
const INSIDE = /['’ʼ\p{Default_Ignorable_Code_Point}]/u;
const PICTOGRAPH = /\p{Extended_Pictographic}/u;
const SPECIAL: Record<string, string> = { ß: 'ss', ı: 'i', ς: 'σ', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe' };

type Letter = { text: string; kind: 'word' | 'run' | 'sign' | 'inside' | 'gap' };
const KNOWN_LETTERS = 20_000;
const known = new Map<string, Letter>();

function letterOf(character: string): Letter {
  const before = known.get(character);
  if (before) return before;
  if (known.size >= KNOWN_LETTERS) known.clear();
  const letter = readLetter(character);
  known.set(character, letter);
  return letter;
}

function readLetter(character: string): Letter {
  if (INSIDE.test(character)) return { text: '', kind: 'inside' };
  const bare = character.normalize('NFKD').replace(ACCENTS, '').toLowerCase().replace(ACCENTS, '').normalize('NFC');
  if (bare === '') return { text: '', kind: 'inside' };
  const text = [...bare].map((part) => SPECIAL[part] ?? part).join('');
  if (RUN.test(text)) return { text, kind: 'run' };
  if (LETTER.test(text)) return { text, kind: 'word' };
  return PICTOGRAPH.test(character) ? { text: character, kind: 'sign' } : { text: '', kind: 'gap' };
}

/** Everything in a text that can be searched for, in order. A pictograph is a word of its own. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const characters = [...text];
  let open: Token | undefined;
  let kindOfOpen: Letter['kind'] | undefined;
  for (const [index, character] of characters.entries()) {
    const { text: letters, kind } = letterOf(character);
    if (kind === 'inside') {
      if (open) open.end = index + 1;
    } else if (kind === 'gap') {
      if (open) takeSigns(open, characters, index);
      open = undefined;
    } else {
      if (!open || kind === 'sign' || kind !== kindOfOpen) {
        kindOfOpen = kind;
        open = { text: '', isRun: kind === 'run', at: [], end: index };
        tokens.push(open);
      }
      open.text += letters;
      for (let unit = 0; unit < letters.length; unit += 1) open.at.push(index);
      open.end = index + 1;
    }
  }
  return tokens;
}

/** C++ and C# are names of their own. */
function takeSigns(token: Token, characters: readonly string[], index: number): void {
  if (!/^[a-z]$/.test(token.text)) return;
  const signs = characters[index] === '#' ? '#' : characters[index] === '+' && characters[index + 1] === '+' ? '++' : '';
  if (signs === '' || letterOf(characters[index + signs.length] ?? ' ').kind === 'word') return;
  token.text += signs;
  for (let i = 0; i < signs.length; i += 1) token.at.push(index + i);
  token.end = index + signs.length;
}
