import { z } from 'zod';
import { AdminMember, AdminRoom, Flag, AdminReason, adminList, auditPage, statsOf } from '../admin/admin.schema.ts';
import type { RpcDefinition } from '../define.ts';
import { FactReceipt } from '../facts.ts';
import { Cursor, Id, Limit, listOf } from '../values.ts';
import { Visibility } from './rooms.schema.ts';

/** What admins ask of rooms. Whoever is not one is told that there is nothing. */
export const roomsAdminRpcs = {
  adminRooms: {
    input: z.object({
      ...adminList,
      visibility: Visibility.optional(),
      archived: Flag.optional(),
      hostless: Flag.optional(),
      /** Only of these. */
      roomIds: z.array(Id).max(100).optional(),
    }),
    output: listOf(AdminRoom),
    idempotent: true,
    codes: ['not_found'],
  },
  adminRoom: { input: z.object({ roomId: Id }), output: AdminRoom, idempotent: true, codes: ['not_found', 'room_not_found'] },
  /** Archives or restores a room, and gives it a host: who is not in it comes into it by that. */
  adminUpdateRoom: {
    input: z.object({ roomId: Id, archived: z.boolean().optional(), hostId: Id.optional(), reason: AdminReason }),
    output: FactReceipt.extend({ room: AdminRoom }),
    codes: ['not_found', 'room_not_found', 'user_not_found', 'room_archived', 'forbidden'],
  },
  /** Removes a room with everything that is in it, for good. What was begun is brought to its end; a repeat changes nothing. */
  adminPurgeRoom: {
    input: z.object({ roomId: Id, reason: AdminReason }),
    output: FactReceipt.extend({ purged: z.boolean() }),
    idempotent: true,
    timeoutMs: 5000,
    codes: ['not_found', 'room_not_found'],
  },
  adminMembers: {
    input: z.object({ roomId: Id.optional(), userId: Id.optional(), query: adminList.query, cursor: Cursor.optional(), limit: Limit }),
    output: listOf(AdminMember),
    idempotent: true,
    codes: ['not_found'],
  },
  adminAudit: { ...auditPage, codes: ['not_found'] },
  adminStats: { ...statsOf, codes: ['not_found'] },
} as const satisfies Record<string, RpcDefinition>;
