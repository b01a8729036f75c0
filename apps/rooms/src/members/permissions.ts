import type { RoomRole } from '@atrium/contracts';

/** Who may do what to whom in a room. Everything not said here is refused. */

type Place = { userId: string; role: RoomRole };

/** Whether somebody who is no moderator stands in for a host who is away. */
export const isActing = (room: { actingHostId: string | null }, me: Place): boolean =>
  me.role === 'member' && room.actingHostId === me.userId;

/** The role by which someone admits, mutes and removes: who acts for the host does so as a moderator would. */
export const authorityOf = (room: { actingHostId: string | null }, me: Place): RoomRole => (isActing(room, me) ? 'moderator' : me.role);

export const canModerate = (role: RoomRole): boolean => role !== 'member';

export const canChangeSettings = (role: RoomRole): boolean => role === 'host';

export const canArchive = (role: RoomRole | null, isAdmin: boolean): boolean => role === 'host' || isAdmin;

export const canToggleBot = (role: RoomRole): boolean => role === 'host' || role === 'moderator';

/** Moderators act only on members, the host on everyone else, nobody on the host. */
export function canActOn(actor: RoomRole, target: RoomRole): boolean {
  if (target === 'host') return false;
  return actor === 'host' || (actor === 'moderator' && target === 'member');
}

/** Only the host, and never on the host: that role moves by handing it over. */
export const canSetRole = (actor: RoomRole, target: RoomRole): boolean => actor === 'host' && target !== 'host';

export const canHandOver = (actor: RoomRole): boolean => actor === 'host';
