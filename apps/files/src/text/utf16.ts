import { decodeBytes } from './charsets.ts';

const SAMPLE_BYTES = 4096;
/** Scripts whose texts have no zero in every other byte. */
const SCRIPTS = [
  /\p{Script=Cyrillic}/gu,
  /\p{Script=Greek}/gu,
  /\p{Script=Arabic}/gu,
  /\p{Script=Hebrew}/gu,
  /\p{Script=Thai}/gu,
  /\p{Script=Devanagari}/gu,
  /\p{Script=Hangul}/gu,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/gu,
];
/** Everything that stands between words in any of them. */
const BESIDE = /[\t\n\r\x20-\x7e\u3000-\u303f\uff00-\uff60]|(?!\p{ASCII})[\p{P}\p{M}]/gu;
const LEAST_LETTERS = 4;
const NEARLY_ALL = 0.97;

/** UTF-16 without a mark: a zero in every other byte of Latin text, or one script alone, which its bytes show by accident never. */
export function utf16WithoutMark(bytes: Buffer): string | null {
  const sample = bytes.subarray(0, Math.min(bytes.length, SAMPLE_BYTES) & ~1);
  if (sample.length < 4) return null;
  let even = 0;
  let odd = 0;
  let controls = 0;
  for (const [i, byte] of sample.entries()) {
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) controls += 1;
    if (byte !== 0) continue;
    if (i % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = sample.length / 2;
  if (odd > half * 0.6 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.05) return 'utf-16be';
  // What has no such bytes may be text of single bytes.
  if (controls === 0 || bytes.length % 2 !== 0) return null;
  return ['utf-16le', 'utf-16be'].find((encoding) => isOfOneScript(decodeBytes(sample, encoding))) ?? null;
}

function isOfOneScript(text: string): boolean {
  const letters = Math.max(...SCRIPTS.map((script) => text.match(script)?.length ?? 0));
  const beside = text.match(BESIDE)?.length ?? 0;
  return letters >= LEAST_LETTERS && letters >= text.length * 0.4 && letters + beside >= text.length * NEARLY_ALL;
}
