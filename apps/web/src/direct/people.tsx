import { t } from '@lingui/core/macro';
import type { Room } from '@atrium/contracts';
import type { JoinedRoom } from '../room/joined-room.ts';
import { useMe } from '../session/use-session.ts';
import { Avatar } from '../people/avatar.tsx';
import { StatusSign } from '../people/presence.tsx';
import styles from './people.module.css';

/** Whoever else is in a direct room: with their presence where it is one, two of them over each other where they are more. */
export function PeopleAvatar({ people }: { people: NonNullable<Room['people']> }) {
  const myId = useMe().id;
  const [first, second] = people.filter(({ id }) => id !== myId);
  if (!first) return <Avatar userId={myId} size={20} />;
  if (!second) return <Avatar userId={first.id} size={20} showStatus />;
  return (
    <span className={styles.several}>
      <Avatar userId={first.id} size={14} />
      <Avatar userId={second.id} size={14} />
      {people.length > 3 && (
        <span className={styles.more} role="img" aria-label={t`${people.length} people`}>
          {people.length - 1}
        </span>
      )}
    </span>
  );
}

/** What the other one of a conversation of two is up to. */
export function PeopleStatus({ people }: { people: NonNullable<Room['people']> }) {
  const myId = useMe().id;
  const [other, ...more] = people.filter(({ id }) => id !== myId);
  return other && more.length === 0 ? <StatusSign userId={other.id} /> : null;
}

/** Whom a conversation of two is with. */
export function useOnlyOther({ people = [] }: JoinedRoom) {
  const myId = useMe().id;
  const others = people.filter(({ id }) => id !== myId);
  return others.length === 1 ? others[0] : undefined;
}
