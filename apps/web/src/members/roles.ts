import type { RoomRole } from '@atrium/contracts';

export const ROLE_NAMES: Record<RoomRole, string> = { host: 'Host', moderator: 'Moderator', member: 'Member' };
