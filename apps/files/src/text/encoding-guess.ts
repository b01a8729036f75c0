import { analyse } from 'chardet';
import { canDecode, decodeBytes } from './charsets.ts';
import { looksLatin } from './latin-letters.ts';
import { looksVietnamese } from './vietnamese.ts';

/** Below this many bytes above ASCII, statistics of whole languages say little. */
const ENOUGH_BYTES = 400;

const WESTERN = ['german', 'french', 'spanish', 'portuguese', 'italian', 'catalan', 'swedish', 'danish', 'icelandic', 'dutch'] as const;
const CENTRAL = ['polish', 'czech', 'slovak', 'hungarian', 'romanian', 'croatian'] as const;
const BALTIC = ['lithuanian', 'latvian', 'estonian'] as const;

type Candidate = { name: string; plausible(text: string, bytes: Buffer): number };

/** What people write in each of these sets, most common first where texts are as short as a name. */
const CANDIDATES: Candidate[] = [
  { name: 'gb18030', plausible: (text, bytes) => ideographs(text, pairShare(bytes, 0xb0, 0xd7), 0.02) },
  { name: 'big5', plausible: (text, bytes) => ideographs(text, pairShare(bytes, 0xa4, 0xc6), -0.05) },
  { name: 'cp949', plausible: (text, bytes) => korean(text, pairShare(bytes, 0xb0, 0xc8)) },
  { name: 'cp932', plausible: (text, bytes) => japanese(text, pairShare(bytes, 0x81, 0x98)) },
  { name: 'euc-jp', plausible: (text, bytes) => japanese(text, pairShare(bytes, 0xa4, 0xcf)) },
  { name: 'windows-1251', plausible: (text) => words(text, /\p{Script=Cyrillic}/gu) - consonants(text, CYRILLIC_VOWELS) },
  { name: 'koi8-r', plausible: (text) => words(text, /\p{Script=Cyrillic}/gu) - consonants(text, CYRILLIC_VOWELS) - 0.02 },
  { name: 'koi8-u', plausible: (text) => words(text, /\p{Script=Cyrillic}/gu) - consonants(text, CYRILLIC_VOWELS) - 0.025 },
  { name: 'iso-8859-5', plausible: (text) => words(text, /\p{Script=Cyrillic}/gu) - consonants(text, CYRILLIC_VOWELS) - 0.035 },
  { name: 'cp866', plausible: (text) => words(text, /\p{Script=Cyrillic}/gu) - consonants(text, CYRILLIC_VOWELS) - 0.03 },
  { name: 'windows-1253', plausible: (text) => words(text, /\p{Script=Greek}/gu) - consonants(text, GREEK_VOWELS) - 0.02 },
  { name: 'windows-1255', plausible: hebrew },
  { name: 'windows-1256', plausible: (text) => arabic(text) - 0.02 },
  { name: 'iso-8859-6', plausible: (text) => arabic(text) - 0.025 },
  { name: 'windows-874', plausible: (text) => thai(text) - 0.02 },
  { name: 'windows-1258', plausible: looksVietnamese },
  { name: 'tcvn', plausible: looksVietnamese },
  { name: 'viscii', plausible: looksVietnamese },
  { name: 'windows-1252', plausible: (text) => looksLatin(text, WESTERN) + 0.1 / Math.sqrt(Math.max(1, outsideAscii(text))) },
  { name: 'windows-1250', plausible: (text) => looksLatin(text, CENTRAL) - 0.02 },
  { name: 'iso-8859-2', plausible: (text) => looksLatin(text, CENTRAL) - 0.03 },
  { name: 'windows-1254', plausible: (text) => looksLatin(text, ['turkish']) - 0.02 },
  { name: 'windows-1257', plausible: (text) => looksLatin(text, BALTIC) - 0.02 },
  { name: 'cp852', plausible: (text) => looksLatin(text, CENTRAL) - 0.06 },
  { name: 'cp850', plausible: (text) => looksLatin(text, WESTERN) - 0.05 },
  { name: 'macintosh', plausible: (text) => looksLatin(text, WESTERN) - 0.05 },
];

/** The single-byte or double-byte set that bytes which are not Unicode are most likely written in. */
export function guessEncoding(sample: Buffer): string {
  const high = sample.filter((byte) => byte > 0x7f);
  const told = analyse(sample).filter((match) => canDecode(match.name));
  const shifted = told.find((match) => /^iso-2022/i.test(match.name) && SHIFTS.some((shift) => sample.includes(shift)));
  if (shifted) return shifted.name;
  const scored = CANDIDATES.map((candidate) => {
    const text = decodeBytes(sample, candidate.name);
    return { name: candidate.name, score: candidate.plausible(text, sample) - damage(text) };
  }).sort((a, b) => b.score - a.score);
  const [best] = scored;
  if (high.length < ENOUGH_BYTES) return best!.name;
  // In a long text the statistics know more sets than the list above.
  const known = told.find((match) => !/^(?:utf|iso-2022|ascii)/i.test(match.name));
  const own = scored.find(({ name }) => name === known?.name.toLowerCase().replace('iso-8859-1', 'windows-1252'));
  return known && known.confidence >= 40 && (own?.score ?? 0.75) > best!.score - 0.15 ? known.name : best!.name;
}

/** The sets that switch with escape sequences, which coloured logs have too. */
const SHIFTS = ['$@', '$B', '$A', '(I', '(J', '$)C'].map((set) => `\u001b${set}`);

const outsideAscii = (text: string) => text.match(/\P{ASCII}/gu)?.length ?? 0;
const share = (text: string, wanted: RegExp) => (text.match(wanted)?.length ?? 0) / Math.max(1, outsideAscii(text));

/** Characters that no text in that set would have. */
const damage = (text: string) => share(text, /[\ufffd\u0080-\u009f\p{Co}\p{Cn}]/gu) * 4;

/** The share of double bytes whose first byte is among the common characters of the set. */
function pairShare(bytes: Buffer, from: number, to: number): number {
  let pairs = 0;
  let common = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i]! < 0x81) continue;
    pairs += 1;
    const punctuation = bytes[i]! >= 0xa1 && bytes[i]! <= 0xa3;
    if ((bytes[i]! >= from && bytes[i]! <= to) || punctuation) common += 1;
    i += 1;
  }
  return pairs === 0 ? 0 : common / pairs;
}

/** A single ideograph among Latin letters is an accent that was misread. */
function ideographs(text: string, common: number, bonus: number): number {
  const misread = text.match(/[a-z]\p{Script=Han}(?=[a-z\s]|$)/giu)?.length ?? 0;
  return share(text, /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/gu) * common + bonus - (misread * 1.5) / Math.max(1, outsideAscii(text));
}

function korean(text: string, common: number): number {
  // Chinese names of a few characters have the same bytes; four syllables in a row hardly ever do.
  const bonus = (text.match(/\p{Script=Hangul}/gu)?.length ?? 0) >= 4 ? 0.05 : -0.02;
  // Syllables that each stand alone behind small letters are accents that were misread.
  const misread = text.match(/[a-z]\p{Script=Hangul}(?!\p{Script=Hangul})/gu)?.length ?? 0;
  const syllables = text.match(/\p{Script=Hangul}/gu)?.length ?? 0;
  return share(text, /\p{Script=Hangul}/gu) * common + bonus - (misread * 2 > syllables ? 0.5 : 0);
}

function japanese(text: string, common: number): number {
  const kana = share(text, /[\p{Script=Hiragana}\p{Script=Katakana}ー]/gu);
  const halfWidth = share(text, /[\uff61-\uff9f]/gu);
  const all = share(text, /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\u3000-\u303fー\uff00-\uff60]/gu);
  const misread = text.match(/[a-z]\p{Script=Han}|\p{Script=Han}[a-z]/giu)?.length ?? 0;
  return all * common - (kana > 0.25 ? 0 : 0.1) - halfWidth * 2 - (misread * 1.5) / Math.max(1, outsideAscii(text));
}

const CYRILLIC_VOWELS = /[аеёиіїоуыэюяє]/giu;
const GREEK_VOWELS = /[αάεέηήιίϊοόυύωώ]/giu;

/** People cannot speak words without vowels. */
function consonants(text: string, vowels: RegExp): number {
  const spoken = share(text, vowels);
  return (spoken < 0.28 ? 0.3 : 0) + (/ς\p{L}/u.test(text) ? 0.3 : 0);
}

/** Has no capitals, and five letters that are written so at the end of a word alone; Russian in its place has neither. */
function hebrew(text: string): number {
  const letters = text.match(/[א-ת]/g)?.length ?? 0;
  const torn = text.match(/[ךםןףץ](?=[א-ת])/g)?.length ?? 0;
  return words(text, /[א-ת]/g) - (torn * 2) / Math.max(1, letters) + (letters >= 6 && torn === 0 ? 0.03 : -0.02);
}

/** Half of every text in Arabic is these letters; both sets have Arabic letters in the same places, but others. */
const arabic = (text: string) => words(text, /\p{Script=Arabic}/gu) + (share(text, /[اليمونترب]/g) - 0.55) * 0.2;

/** Signs above and below stand at a consonant, and a third of a text is vowels and tones. */
function thai(text: string): number {
  const spoken = share(text, /[\u0e30\u0e32\u0e33\u0e40-\u0e46]|(?=\p{Script=Thai})\p{M}/gu);
  const loose = text.match(/(?<![\u0e01-\u0e2e]\p{M}?)(?=\p{Script=Thai})\p{M}/gu)?.length ?? 0;
  return words(text, /\p{Script=Thai}/gu) - (loose * 3) / Math.max(1, outsideAscii(text)) - (spoken < 0.25 ? 0.3 : 0);
}

/** Letters of one script that form words: of that script alone, and never with a capital behind a small letter. */
function words(text: string, letters: RegExp): number {
  const count = text.match(letters)?.length ?? 0;
  const torn =
    text.match(
      /\p{Ll}\p{Lu}|[a-z][^\p{ASCII}\u0080-\u024f\s\p{P}]|[^\p{ASCII}\u0080-\u024f\s\p{P}](?:[a-z]|[A-Z@[\\\]^_`{|}~](?=[^\p{ASCII}\u0080-\u024f\s\p{P}]))/gu,
    )?.length ?? 0;
  // Of letters alone: from every sign of a long row of signs, the row would be looked through again.
  const shouting = text.match(/(?<=\P{L}|^)(?:(?![\p{ASCII}\u0080-\u024f])\p{L})*\p{Lu}{2}/gu)?.length ?? 0;
  return (count - torn * 2 - shouting * 0.5) / Math.max(1, outsideAscii(text)) - (count < 3 ? 0.5 : 0);
}
