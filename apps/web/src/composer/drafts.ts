const PREFIX = 'atrium.draft.';

/** Where someone writes: a room or a thread in it, by person, since several may use one browser. */
export const placeOf = (userId: string, roomId: string, parentId?: string): string =>
  [userId, roomId, ...(parentId ? [parentId] : [])].join('.');

/** What was written and not sent, per place, over reloads. */
export const readDraft = (place: string): string => localStorage.getItem(PREFIX + place) ?? '';

export function keepDraft(place: string, text: string): void {
  if (text.trim() === '') return localStorage.removeItem(PREFIX + place);
  try {
    localStorage.setItem(PREFIX + place, text);
  } catch {
    // A full storage keeps it from the next reload, not from being written and sent.
  }
}
