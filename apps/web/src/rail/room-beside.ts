import type { Room } from '@atrium/contracts';
import { isUnread } from '../live/rail-view.ts';

type Search = { from: string | undefined; by: 1 | -1; unread: boolean };

/** The room before or after the one at hand, round and round; with `unread`, the next one with something new. */
export function roomBeside(rooms: readonly Room[], { from, by, unread }: Search): Room | undefined {
  const start = rooms.findIndex(({ id }) => id === from);
  const others = start < 0 ? [...rooms] : [...rooms.slice(start + 1), ...rooms.slice(0, start)];
  if (by < 0) others.reverse();
  return others.find((room) => !unread || isUnread(room));
}
