import { get } from 'node-emoji';
import { SLACK_EMOJI } from './slack-emoji-names.ts';

/** A name between colons, with the tone of skin that may follow it. What stands inside a word, as in "12:100:30", is none. */
const NAMED = /:([a-z0-9_+'-]+):(?::skin-tone-([2-6]):)?/g;
const WORD = /[\p{L}\p{N}]/u;

/** ":rocket:" as the sign it stands for, where it is known. */
export const withEmoji = (text: string): string =>
  text.replace(NAMED, (whole, name: string, tone: string | undefined, at: number) => {
    if (WORD.test(text.charAt(at - 1)) && WORD.test(text.charAt(at + whole.length))) return whole;
    const sign = signOf(name);
    return sign === undefined ? whole : toned(sign, tone);
  });

function signOf(name: string): string | undefined {
  const [, country] = /^flag-([a-z]{2})$/.exec(name) ?? [];
  if (country !== undefined) return String.fromCodePoint(...[...country].map((letter) => 0x1f1e6 + letter.charCodeAt(0) - 97));
  return SLACK_EMOJI.get(name) ?? get(name);
}

/** Slack counts the tones from 2. A sign of several people or parts is left as it is. */
function toned(sign: string, tone: string | undefined): string {
  const bare = sign.replace('\uFE0F', '');
  return tone === undefined || [...bare].length > 1 ? sign : bare + String.fromCodePoint(0x1f3fb + Number(tone) - 2);
}
