const OPEN = 'atrium:person';

/** Whose card, and the room in which one met them. */
export type AskedCard = { userId: string; roomId: string | undefined };

export const openCard = (asked: AskedCard): void => void window.dispatchEvent(new CustomEvent<AskedCard>(OPEN, { detail: asked }));

export function onCardAsked(open: (asked: AskedCard) => void): () => void {
  const listener = (event: Event): void => open((event as CustomEvent<AskedCard>).detail);
  window.addEventListener(OPEN, listener);
  return () => window.removeEventListener(OPEN, listener);
}
