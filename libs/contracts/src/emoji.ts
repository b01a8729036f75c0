/** Made when first asked for: not every browser that can show the page knows this kind of pattern. */
let oneEmoji: RegExp | undefined;
const isOneEmoji = (value: string): boolean => (oneEmoji ??= new RegExp('^\\p{RGI_Emoji}$', 'v')).test(value);

const SHOWN_AS_PICTURE = '\uFE0F';

/**
 * The one emoji that a text is, written as Unicode recommends it; undefined for any other text. Some keyboards leave out
 * the mark that asks for the picture, or set one where none belongs, and mean the same emoji.
 */
export function emojiOf(text: string): string | undefined {
  const bare = text.replaceAll(SHOWN_AS_PICTURE, '');
  return [text, `${bare}${SHOWN_AS_PICTURE}`, bare, `${bare.slice(0, 1)}${SHOWN_AS_PICTURE}${bare.slice(1)}`].find(isOneEmoji);
}
