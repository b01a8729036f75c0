import type { ReactNode } from 'react';
import { usePersonCalled } from '../live/use-live.ts';
import { PersonButton } from '../people/person-button.tsx';
import { useMe } from '../session/use-session.ts';
import styles from './message-body.module.css';

/** A name in a message: one's own stands out. It runs from left to right also among words that do not. */
export function Mention({ children }: { children?: ReactNode }) {
  const { username } = useMe();
  const isMine = typeof children === 'string' && children.slice(1).toLowerCase() === username.toLowerCase();
  const named = usePersonCalled(typeof children === 'string' ? children.slice(1) : '');
  return (
    <mark dir="ltr" className={isMine ? styles.mine : undefined}>
      {named ? <PersonButton userId={named}>{children}</PersonButton> : children}
    </mark>
  );
}
