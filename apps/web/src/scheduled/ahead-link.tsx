import { t } from '@lingui/core/macro';
import { IconPencil } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import styles from '../kit/rail.module.css';
import { useScheduled } from './use-scheduled.ts';

/** The door to what one has written and not sent, with how much goes out later. */
export function AheadLink() {
  const { items } = useScheduled();
  const failed = items.filter(({ failure }) => failure !== undefined).length;
  return (
    <NavLink to="/drafts" className={styles.link}>
      <IconPencil size={18} stroke={1.7} aria-hidden />
      {t`Drafts`}
      {items.length > 0 && (
        <span
          className={styles.count}
          data-warn={failed > 0 || undefined}
          aria-label={failed > 0 ? t`${failed} not sent` : t`${items.length} scheduled`}
        >
          {failed > 0 ? `${failed} !` : items.length}
        </span>
      )}
    </NavLink>
  );
}
