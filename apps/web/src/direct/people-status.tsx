import type { Room } from '@atrium/contracts';
import { StatusSign } from '../people/status-sign.tsx';
import { useMe } from '../session/use-session.ts';

/** What the other one of a conversation of two is up to. */
export function PeopleStatus({ people }: { people: NonNullable<Room['people']> }) {
  const myId = useMe().id;
  const [other, ...more] = people.filter(({ id }) => id !== myId);
  return other && more.length === 0 ? <StatusSign userId={other.id} /> : null;
}
