import type { ReactNode } from 'react';
import styles from './person-button.module.css';

type PersonButtonProps = {
  userId: string;
  roomId?: string | undefined;
  /** In a row with other things a long name ends in dots; in a text it wraps. */
  inRow?: boolean;
  children: ReactNode;
};

/** A name that shows who is behind it. */
export function PersonButton({ userId, roomId, inRow, children }: PersonButtonProps) {
  return (
    <button
      type="button"
      className={styles.button}
      data-in-row={inRow || undefined}
      aria-haspopup="dialog"
      onClick={() => openCard({ userId, roomId })}
    >
      {children}
    </button>
  );
}

const OPEN = 'atrium:person';

/** Whose card, and the room in which one met them. */
export type AskedCard = { userId: string; roomId: string | undefined };

export const openCard = (asked: AskedCard): void => void window.dispatchEvent(new CustomEvent<AskedCard>(OPEN, { detail: asked }));

export function onCardAsked(open: (asked: AskedCard) => void): () => void {
  const listener = (event: Event): void => open((event as CustomEvent<AskedCard>).detail);
  window.addEventListener(OPEN, listener);
  return () => window.removeEventListener(OPEN, listener);
}
