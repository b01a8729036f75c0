/** Signs of the five tones that are written; a syllable has one at most. */
const TONES = /\u0300|\u0301|\u0303|\u0309|\u0323/g;
/** What no other language of Latin letters has: breve and horn, hook and dot, a tone above a circumflex, the crossed d. */
const OWN = /[đĐ]|\u0306|\u031b|\u0309|\u0323|\u0302(?:\u0300|\u0301|\u0303)/;
const VOWELS =
  'a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oă oai oao oay oe oeo oi ôi ơi ua uâ uây uê ui uô uôi uơ uy uya uyê uyu ưa ưi ươ ươi ươu ưu yê yêu';
const SYLLABLE = new RegExp(
  `^(?:ch|gh?|gi|kh|ngh?|nh|ph|qu|th|tr|[bcdđhklmnprstvx])?(?:${VOWELS.split(' ').join('|')})(?:ch?|m|ng?|nh|p|t)?$`,
);
/** Small, capitalised or all in capitals. */
const CASE = /^\p{Lu}?\p{Ll}*$|^\p{Lu}+$/u;

/** Each word more makes chance less likely; so many are enough. */
const ENOUGH_WORDS = 5;

/**
 * How much the words beyond ASCII look like Vietnamese, whose words are single syllables of a fixed form. More than one
 * where enough of them are; far below zero where another language was misread.
 */
export function looksVietnamese(text: string): number {
  const words = [...new Set(text.normalize('NFC').match(/[\p{L}\p{M}]+/gu) ?? [])].filter((word) => /\P{ASCII}/u.test(word));
  const right = words.filter(isSyllable);
  const own = words.filter((word) => OWN.test(word.normalize('NFD')));
  if (words.length === 0 || right.length < words.length * 0.85 || own.length < words.length * 0.3) return -1;
  return 0.6 + Math.min(words.length, ENOUGH_WORDS) * 0.1;
}

function isSyllable(word: string): boolean {
  const letters = word.toLowerCase().normalize('NFD');
  return CASE.test(word) && (letters.match(TONES)?.length ?? 0) <= 1 && SYLLABLE.test(letters.replace(TONES, '').normalize('NFC'));
}
