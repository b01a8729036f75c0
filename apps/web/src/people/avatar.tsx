import { t } from '@lingui/core/macro';
import { BOT_USER_ID } from '@atrium/contracts';
import { IconRobot } from '@tabler/icons-react';
import { usePerson, useStatus } from '../live/use-live.ts';
import styles from './avatar.module.css';

type AvatarProps = { userId: string; size?: number; showStatus?: boolean };
const statusLabels = () => ({ online: 'online', away: 'away', dnd: t`do not disturb`, offline: 'offline' }) as const;

/** A person's picture, or their initials on a colour that stays the same. */
export function Avatar({ userId, size = 36, showStatus = false }: AvatarProps) {
  const person = usePerson(userId);
  const status = useStatus(userId);
  const style = { width: size, height: size, fontSize: size * 0.38, '--hue': hueOf(userId) } as React.CSSProperties;
  return (
    <span className={styles.avatar} style={style} data-bot={userId === BOT_USER_ID || undefined} data-unknown={!person || undefined}>
      {userId === BOT_USER_ID ? (
        <IconRobot size={size * 0.58} stroke={1.7} aria-hidden />
      ) : person?.avatarUrl ? (
        <img src={person.avatarUrl} alt="" width={size} height={size} loading="lazy" referrerPolicy="no-referrer" />
      ) : (
        <span aria-hidden>{person ? initialsOf(person.displayName) : ''}</span>
      )}
      {showStatus && status && <span className={styles.status} data-status={status} role="img" aria-label={statusLabels()[status]} />}
    </span>
  );
}

/** One or two letters that stand for a name. */
function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/)
    .filter(Boolean);
  const [first = '?', last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return (letterOf(first) + (last ? letterOf(last) : '')).toUpperCase();
}

/** A hue for an id, the same everywhere and for ever. */
function hueOf(id: string): number {
  let hash = 0;
  for (const char of id) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  return (Math.abs(hash) % 24) * 15;
}

const letterOf = (word: string): string => [...word][0] ?? '';

/** The picture of a program that posts by a webhook: the sign it chose, or its initials on a colour that stays the same. */
export function SenderPicture({ name, icon, size = 36 }: { name: string; icon?: string | undefined; size?: number }) {
  const style = { width: size, height: size, fontSize: size * (icon ? 0.55 : 0.38), '--hue': hueOf(name) } as React.CSSProperties;
  return (
    <span className={styles.avatar} style={style}>
      <span aria-hidden>{icon ?? initialsOf(name)}</span>
    </span>
  );
}
