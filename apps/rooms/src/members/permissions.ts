import type { RoomRole } from '@atrium/contracts';

/** Who may do what to whom in a room. Everything not said here is refused. */

export const canChangeSettings = (role: RoomRole): boolean => role === 'host';

export const canArchive = (role: RoomRole | null, isAdmin: boolean): boolean => role === 'host' || isAdmin;

export const canToggleBot = (role: RoomRole): boolean => role === 'host' || role === 'moderator';

/** Moderators act only on members, the host on everyone else, nobody on the host. */
export function canRemove(actor: RoomRole, target: RoomRole): boolean {
  if (target === 'host') return false;
  return actor === 'host' || (actor === 'moderator' && target === 'member');
}

/** Only the host, and never on the host: that role moves by handing it over. */
export const canSetRole = (actor: RoomRole, target: RoomRole): boolean => actor === 'host' && target !== 'host';

export const canHandOver = (actor: RoomRole): boolean => actor === 'host';
