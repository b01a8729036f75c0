import type { JoinedRoom } from '../room/joined-room.ts';
import { useMe } from '../session/use-session.ts';

/** Whom a conversation of two is with. */
export function useOnlyOther({ people = [] }: JoinedRoom) {
  const myId = useMe().id;
  const others = people.filter(({ id }) => id !== myId);
  return others.length === 1 ? others[0] : undefined;
}
