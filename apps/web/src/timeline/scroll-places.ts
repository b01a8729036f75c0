/** The topmost message in view, and how much of it is above the edge. */
export type ScrollPlace = { seq: number; above: number };

const keyOf = (roomId: string): string => `atrium.scroll.${roomId}`;

/** Where a conversation was left, for this tab; nothing when it was left at its end. */
export function readScrollPlace(roomId: string): ScrollPlace | undefined {
  const [seq = 0, above = 0] = (sessionStorage.getItem(keyOf(roomId)) ?? '').split(':').map(Number);
  return Number.isInteger(seq) && seq > 0 && Number.isFinite(above) ? { seq, above } : undefined;
}

export function keepScrollPlace(roomId: string, place: ScrollPlace | undefined): void {
  if (!place) return sessionStorage.removeItem(keyOf(roomId));
  try {
    sessionStorage.setItem(keyOf(roomId), `${place.seq}:${Math.round(place.above)}`);
  } catch {
    // A full storage opens the conversation at its end, and loses nothing else.
  }
}
