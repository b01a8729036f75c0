import { z } from 'zod';
import { AdminUser, Flag, AdminReason, adminList, auditPage, statsOf } from '../admin/admin.schema.ts';
import type { RpcDefinition } from '../define.ts';
import { Cursor, Id, Limit, Nothing, listOf } from '../values.ts';
import { CreditEntry, UserRole } from './accounts.schema.ts';

const oneUser = { userId: Id };

/** What admins ask of accounts. Whoever is not one is told that there is nothing. */
export const accountsAdminRpcs = {
  adminUsers: {
    input: z.object({ ...adminList, role: UserRole.optional(), disabled: Flag.optional() }),
    output: listOf(AdminUser),
    idempotent: true,
    codes: ['not_found'],
  },
  adminUser: { input: z.object(oneUser), output: AdminUser, idempotent: true, codes: ['not_found', 'user_not_found'] },
  /** Disabling ends every session and passes the host roles on. */
  adminUpdateUser: {
    input: z.object({ ...oneUser, role: UserRole.optional(), disabled: z.boolean().optional(), reason: AdminReason }),
    output: AdminUser,
    codes: ['not_found', 'user_not_found', 'account_closed', 'last_admin'],
  },
  adminGrantCredits: {
    input: z.object({
      ...oneUser,
      amount: z.int().min(1).max(1_000_000),
      reason: AdminReason,
      idempotencyKey: z.string().max(64).optional(),
    }),
    output: AdminUser,
    codes: ['not_found', 'user_not_found', 'idempotency_conflict'],
  },
  /** Ends every session and every access token of a person. */
  adminSignOut: { input: z.object({ ...oneUser, reason: AdminReason }), output: Nothing, codes: ['not_found', 'user_not_found'] },
  /** The ledger: of everybody, or of one. */
  adminCredits: {
    input: z.object({ userId: Id.optional(), cursor: Cursor.optional(), limit: Limit }),
    output: listOf(CreditEntry.extend({ userId: Id })),
    idempotent: true,
    codes: ['not_found'],
  },
  adminAudit: { ...auditPage, codes: ['not_found'] },
  adminStats: { ...statsOf, codes: ['not_found'] },
} as const satisfies Record<string, RpcDefinition>;
