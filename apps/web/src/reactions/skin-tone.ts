const KEY = 'atrium.reactions.tone';

export const skinTones = ['', '🏻', '🏼', '🏽', '🏾', '🏿'] as const;

/** The emoji in a skin tone, where it has any. */
export function withTone(sign: string, tone: string): string {
  const [first = '', ...rest] = sign;
  if (tone === '' || !/^\p{Emoji_Modifier_Base}$/u.test(first)) return sign;
  return [first, tone, ...rest.filter((part) => part !== '\uFE0F')].join('');
}

export const storedTone = (): string => localStorage.getItem(KEY) ?? '';
export const storeTone = (tone: string): void => localStorage.setItem(KEY, tone);
