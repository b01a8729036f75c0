/**
 * Words made comparable across inflection, case, accents and scripts, without knowing the language. `key` is what the
 * index holds: the beginning of a longer word, so that inflected forms meet, or a run of two or three characters in
 * scripts that set no blanks. `form` is the whole folded word, for a closer look.
 */
export type Term = {
  key: string;
  form: string;
  kind: 'word' | 'number' | 'gram';
  /** Written with a capital although it does not open a sentence: probably a name. */
  capital: boolean;
  /** UTF-16 position in the text it was read from. */
  at: number;
};

const KEY_CHARS = 5;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
const TRIGRAM_SCRIPTS = /^[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+$/u;
/** Runs of one script each: in Japanese, what changes from kanji to kana is nearly always a word's border. */
const UNSPACED_RUN =
  /\p{Script=Han}+|\p{Script=Hiragana}+|[\p{Script=Katakana}ー]+|\p{Script=Hangul}+|[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;
/** Accents of Latin, Greek and Cyrillic, points of Hebrew, vowels and hamza of Arabic. Indic marks stay: they are letters. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640]/g;

/** One word as the index knows it. */
export function foldWord(word: string): string {
  return (
    word
      .normalize('NFKD')
      .replace(ACCENTS, '')
      .toLowerCase()
      .replace(ACCENTS, '')
      .replace(/ß/g, 'ss')
      .replace(/ı/g, 'i')
      .replace(/ς/g, 'σ')
      .replace(/[’']s$|[’'ʼ]/g, '')
      // The Arabic article, with what is written onto it.
      .replace(/^[وفبك]?ال(?=.{3})|^لل(?=.{3})/u, '')
      .normalize('NFC')
  );
}

/** English verbs whose past does not show the verb; other languages keep their stems. */
const IRREGULAR = new Map(
  `began:begin begun:begin bought:buy brought:bring built:build came:come caught:catch chose:choose chosen:choose drew:draw drove:drive driven:drive
  fell:fall fallen:fall fled:flee fought:fight gave:give given:give gone:go went:go grew:grow held:hold kept:keep knew:know known:know laid:lay led:lead
  left:leave lost:lose made:make met:meet paid:pay ran:run rose:rise risen:rise said:say sang:sing sent:send sold:sell sought:seek spent:spend spoke:speak
  spoken:speak stood:stand stole:steal struck:strike swore:swear sworn:swear taught:teach thought:think threw:throw told:tell took:take taken:take
  understood:understand won:win wore:wear wrote:write written:write children:child men:man women:woman people:person wives:wife lives:life died:die dying:die`
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]),
);

/** Every term of a text, in order. */
export function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  for (const { segment, index, isWordLike } of segmenter.segment(spaceOutRuns(text))) {
    if (!isWordLike) continue;
    for (const part of wordParts(segment)) {
      const folded = foldWord(part.text);
      const form = IRREGULAR.get(folded) ?? folded;
      if (form === '') continue;
      const number = /\p{Nd}/u.test(form);
      terms.push({
        key: number ? form : [...form].slice(0, KEY_CHARS).join(''),
        form,
        kind: number ? 'number' : 'word',
        capital: /^\p{Lu}/u.test(part.text) && !opensSentence(text, index + part.at),
        at: index + part.at,
      });
    }
  }
  for (const run of text.matchAll(UNSPACED_RUN)) terms.push(...gramsOf(run[0], run.index));
  return terms.sort((a, b) => a.at - b.at);
}

/** The distinct keys of a text: what an index row holds. */
export function indexKeys(text: string): string[] {
  return [...new Set(termsOf(text).map((term) => term.key))];
}

/** Runs of unspaced script are blanked, one for one: the segmenter's dictionaries are slow, and grams do not need them. */
function spaceOutRuns(text: string): string {
  return text.replace(UNSPACED_RUN, (run) => ' '.repeat(run.length));
}

/** Words joined by a hyphen, slash or dot are found by each of their halves; 1,200 stays one number. */
function wordParts(segment: string): { text: string; at: number }[] {
  if (/^\p{Nd}+(?:[.,\u00a0]\p{Nd}{3})+$/u.test(segment)) return [{ text: segment.replace(/[.,\u00a0]/g, ''), at: 0 }];
  return [...segment.matchAll(/[^\-‐‑–_/.:]+/gu)].map((part) => ({ text: part[0], at: part.index }));
}

function opensSentence(text: string, at: number): boolean {
  return /(?:^|[.!?:\n•])["'“”„«([\s]*$/u.test(text.slice(Math.max(0, at - 6), at));
}

function gramsOf(run: string, at: number): Term[] {
  const size = TRIGRAM_SCRIPTS.test(run) ? 3 : 2;
  const characters = [...run.normalize('NFKC')];
  const count = Math.max(1, characters.length - size + 1);
  return Array.from({ length: count }, (_, i) => {
    const form = characters.slice(i, i + size).join('');
    return { key: form, form, kind: 'gram' as const, capital: false, at: at + i };
  });
}

/** How well one word stands for another, from 0 (not at all) to 1 (the same). */
export function similarity(a: Term, b: Term): number {
  if (a.form === b.form) return 1;
  if (a.kind !== 'word' || b.kind !== 'word') return 0;
  const [short, long] = a.form.length <= b.form.length ? [a.form, b.form] : [b.form, a.form];
  const shared = sharedPrefix(short, long);
  // "marry" and "married": a letter that the ending changes does not count.
  if (shared >= 3 && shared === short.length - 1 && short.endsWith('y') && /^i(?:e[sd]|er|est|ly|ness)$/.test(long.slice(shared)))
    return 0.95;
  if (shared === short.length && shared >= 3 && long.length - shared <= 2) return 0.95;
  if (shared >= 4 && shared >= long.length * 0.6) return 0.85;
  if (short.length >= 6 && differByOneEdit(short, long)) return 0.8;
  return 0;
}

function sharedPrefix(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  return i;
}

function differByOneEdit(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false;
  const i = sharedPrefix(short, long);
  if (short.length === long.length) {
    const rest = short.slice(i + 1) === long.slice(i + 1);
    const swapped = short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2);
    return rest || swapped;
  }
  return short.slice(i) === long.slice(i + 1);
}
