import type { ComponentPropsWithRef } from 'react';
import { useShownStatus } from '../live/use-live.ts';
import { Avatar } from '../people/avatar.tsx';
import { useMe } from '../session/use-session.ts';
import styles from './me-menu.module.css';

/** Oneself, as the button that opens the menu. */
export function MeButton(props: ComponentPropsWithRef<'button'>) {
  const me = useMe();
  const { statusEmoji, statusText } = useShownStatus(me.id);
  const words = [statusEmoji, statusText].filter(Boolean).join(' ');
  return (
    <button type="button" aria-label="Your account" {...props} className={styles.me}>
      <Avatar userId={me.id} size={32} showStatus />
      <span className={styles.text}>
        <span className={styles.name}>{me.displayName}</span>
        <span className={styles.credits}>{words || (me.credits === 1 ? '1 credit' : `${me.credits} credits`)}</span>
      </span>
    </button>
  );
}
