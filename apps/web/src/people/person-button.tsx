import type { ReactNode } from 'react';
import styles from './person-button.module.css';
import { openCard } from './card-state.ts';

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
