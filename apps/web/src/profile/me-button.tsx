import { plural, t } from '@lingui/core/macro';
import { VisuallyHidden } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';
import { useShownStatus } from '../live/use-live.ts';
import { Avatar } from '../people/avatar.tsx';
import { useMe } from '../session/use-session.ts';
import styles from './me-menu.module.css';

/** Oneself, as the button that opens the menu. */
export function MeButton(props: ComponentPropsWithRef<'button'>) {
  const me = useMe();
  const { statusEmoji, statusText } = useShownStatus(me.id);
  const line = [statusEmoji, statusText].filter(Boolean).join(' ') || plural(me.credits, { one: '# credit', other: '# credits' });
  return (
    <button type="button" {...props} className={styles.me}>
      <VisuallyHidden>{t`Your account`}</VisuallyHidden>
      <Avatar userId={me.id} size={32} showStatus />
      <span className={styles.text}>
        <span className={styles.name}>{me.displayName}</span>
        <span className={styles.credits}>{line}</span>
      </span>
    </button>
  );
}
