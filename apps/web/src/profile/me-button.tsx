import { plural, t } from '@lingui/core/macro';
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
    <button type="button" aria-label={t`Your account`} {...props} className={styles.me}>
      <Avatar userId={me.id} size={32} showStatus />
      <span className={styles.text}>
        <span className={styles.name}>{me.displayName}</span>
        <span className={styles.credits}>{words || plural(me.credits, { one: '# credit', other: '# credits' })}</span>
      </span>
    </button>
  );
}
