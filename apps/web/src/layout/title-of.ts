import type { Room } from '@atrium/contracts';

const COUNT_UP_TO = 99;

/** Mentions of all rooms count, and a dot says that something else is new: the tab is looked at when one is elsewhere. */
export function titleOf(rooms: readonly Room[], roomId: string | undefined): string {
  const here = rooms.find((room) => room.id === roomId);
  const mentions = rooms.reduce((sum, room) => sum + (room.me?.mentions ?? 0), 0);
  const count = mentions > COUNT_UP_TO ? `(${COUNT_UP_TO}+) ` : mentions > 0 ? `(${mentions}) ` : rooms.some(hasNews) ? '• ' : '';
  return `${count}${here ? `${here.name} · ` : ''}Atrium`;
}

/** Rooms that were silenced call nobody. */
const hasNews = ({ me }: Room): boolean => me !== undefined && me.notify !== 'nothing' && (me.unread > 0 || me.threadUnread > 0);
