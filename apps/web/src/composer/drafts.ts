const PREFIX = 'atrium.draft.';

/** What was written and not sent, per room and thread, over reloads. */
export const readDraft = (key: string): string => localStorage.getItem(PREFIX + key) ?? '';

export function keepDraft(key: string, text: string): void {
  if (text.trim() === '') localStorage.removeItem(PREFIX + key);
  else localStorage.setItem(PREFIX + key, text);
}
