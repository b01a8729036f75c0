import { t } from '@lingui/core/macro';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import styles from './timeline.module.css';

type JumpBarProps = { place: 'top' | 'bottom'; label: string; count?: number; onJump: () => void; onDismiss?: () => void };

export function JumpBar({ place, label, count = 0, onJump, onDismiss }: JumpBarProps) {
  const Arrow = place === 'top' ? IconArrowUp : IconArrowDown;
  return (
    <div className={styles.jump} data-place={place}>
      <button type="button" onClick={onJump}>
        <Arrow size={16} stroke={1.8} aria-hidden />
        {label}
        {count > 0 && <span className={styles.count}>{t`${count} new`}</span>}
      </button>
      {onDismiss && (
        <button type="button" aria-label={t`Mark as read`} onClick={onDismiss}>
          <IconX size={15} />
        </button>
      )}
    </div>
  );
}
