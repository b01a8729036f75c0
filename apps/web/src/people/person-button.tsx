import type { ReactNode } from 'react';
import styles from './person-button.module.css';
import { openCard } from './card-state.ts';

type PersonButtonProps = { userId: string; roomId?: string | undefined; children: ReactNode };

/** A name that shows who is behind it. */
export function PersonButton({ userId, roomId, children }: PersonButtonProps) {
  return (
    <button type="button" className={styles.button} aria-haspopup="dialog" onClick={() => openCard({ userId, roomId })}>
      {children}
    </button>
  );
}
