import { t } from '@lingui/core/macro';
import { Skeleton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useNames, useTyping } from '../live/use-live.ts';
import { useMe } from '../session/use-session.ts';
import styles from './timeline.module.css';

export type TimelineContext = { hasBefore: boolean; hasAfter: boolean };
type EdgeProps = { context: TimelineContext };

/** More is on its way above. */
export const TimelineTop = ({ context }: EdgeProps) => (context.hasBefore ? <LoadingRows /> : null);

/** More is on its way below. */
export const TimelineBottom = ({ context }: EdgeProps) => (context.hasAfter ? <LoadingRows /> : null);

function LoadingRows() {
  return (
    <div className={styles.loading} aria-hidden>
      <Skeleton width={36} height={36} radius={10} />
      <div>
        <Skeleton width={120} height={10} radius={5} mb={10} mt={4} />
        <Skeleton width={320} maw="60vw" height={10} radius={5} />
      </div>
    </div>
  );
}

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

/** Who is typing; its place is kept, so that nothing moves when someone starts. */
export function TypingLine({ roomId }: { roomId: string }) {
  const me = useMe();
  const typists = useTyping(roomId, me.id);
  const name = useNames();
  return (
    <div className={styles.typing}>
      {typists.length > 0 && (
        <>
          <i />
          <i />
          <i />
          {textOf(typists.map(name))}
        </>
      )}
    </div>
  );
}

function textOf([one = '', other = '', ...more]: string[]): string {
  if (!other) return t`${one} is typing`;
  if (more.length === 0) return t`${one} and ${other} are typing`;
  return t`Several people are typing`;
}
