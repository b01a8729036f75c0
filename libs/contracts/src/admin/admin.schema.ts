import { z } from 'zod';
import { UserRole, Username } from '../accounts/accounts.schema.ts';
import { RoomRole } from '../rooms/roles.ts';
import { RoomKind } from '../rooms/direct.schema.ts';
import { Visibility } from '../rooms/rooms.schema.ts';
import { Cursor, Id, Instant, Limit, line } from '../values.ts';

/** Why an admin does something: asked with every change, and kept in the audit log. */
export const AdminReason = line(1, 500);

/** `true` or `false`, as a query string says them too. */
export const Flag = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean({ error: 'must be true or false' }),
);

/** A time with any offset, or a day, which begins at midnight UTC. */
export const Moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: 'must be a time or a day in ISO 8601' })
  .overwrite((value) => new Date(value).toISOString());

/** How a list of the console is read: what is sought, and where the former page ended. */
export const adminList = { query: line(0, 100).default(''), cursor: Cursor.optional(), limit: Limit };

export const AdminUser = z
  .object({
    id: Id,
    username: Username,
    displayName: z.string(),
    email: z.string().nullable(),
    role: UserRole,
    credits: z.int(),
    createdAt: Instant,
    disabledAt: Instant.nullable(),
    disabledReason: z.string().nullable(),
    /** When one of their sessions was used last. */
    lastSeenAt: Instant.nullable(),
    sessions: z.int(),
  })
  .meta({ id: 'AdminUser' });
export type AdminUser = z.output<typeof AdminUser>;

export const AdminRoom = z
  .object({
    id: Id,
    kind: RoomKind,
    name: z.string(),
    topic: z.string(),
    visibility: Visibility,
    hasPassword: z.boolean(),
    locked: z.boolean(),
    memberCount: z.int(),
    hostId: Id.nullable(),
    hostUsername: z.string().nullable(),
    createdBy: Id,
    createdAt: Instant,
    lastActivityAt: Instant,
    archivedAt: Instant.nullable(),
  })
  .meta({ id: 'AdminRoom' });
export type AdminRoom = z.output<typeof AdminRoom>;

export const AdminMember = z
  .object({
    roomId: Id,
    roomName: z.string(),
    userId: Id,
    username: z.string(),
    displayName: z.string(),
    role: RoomRole,
    joinedAt: Instant,
  })
  .meta({ id: 'AdminMember' });
export type AdminMember = z.output<typeof AdminMember>;

/** One line of the audit log: who did what to whom, when and why. */
export const AuditEntry = z
  .object({
    id: Id,
    at: Instant,
    /** The service that did it, in the transaction of the change. */
    service: z.string(),
    /** Null for what a service did by its own rules. */
    actorId: Id.nullable(),
    action: z.string(),
    targetId: Id.nullable(),
    roomId: Id.nullable(),
    reason: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.output<typeof AuditEntry>;

/** What of the log is asked for. An action is named whole (`room.archived`) or by its beginning (`room`). */
export const auditFilter = {
  action: z
    .string()
    .regex(/^[a-z]+(\.[a-z_]+)*$/, { error: 'must be an action, as room or room.archived' })
    .max(64)
    .optional(),
  targetId: Id.optional(),
  roomId: Id.optional(),
  from: Moment.optional(),
  to: Moment.optional(),
};

/** What one service has of the log, newest first. Ids are in the order of time, so that logs can be merged by them. */
export const auditPage = {
  input: z.object({ ...auditFilter, actorId: Id.optional(), before: Id.optional(), limit: z.int().min(1).max(500).default(50) }),
  output: z.object({ items: z.array(AuditEntry) }),
  idempotent: true,
} as const;

/** What one service has of a room's log: for its moderators and host, who ask for it by the same filter as of rooms. */
export const roomAuditPage = {
  input: z.object({
    roomId: Id,
    actor: Id.optional(),
    target: Id.optional(),
    action: z.string().min(1).max(64).optional(),
    from: Instant.optional(),
    to: Instant.optional(),
    before: Id.optional(),
    limit: z.int().min(1).max(101).default(50),
  }),
  output: z.object({ items: z.array(AuditEntry) }),
  idempotent: true,
  codes: ['room_not_found', 'not_a_member', 'forbidden'],
} as const;

/** How something went over time. */
export const StatSeries = z
  .object({
    name: z.string(),
    title: z.string(),
    unit: z.enum(['count', 'bytes', 'seconds']),
    /** `added` counts what each step brought; `level` is what there was at its end. */
    kind: z.enum(['added', 'level']),
    points: z.array(z.object({ at: Instant, value: z.number() })),
  })
  .meta({ id: 'StatSeries' });
export type StatSeries = z.output<typeof StatSeries>;

/** The most points of one series. */
export const MAX_STAT_POINTS = 1000;

/** The series of one service, from the step that holds `from` up to `to`. */
export const statsOf = {
  input: z.object({ from: Instant, to: Instant, stepSeconds: z.int().min(60) }),
  output: z.object({ series: z.array(StatSeries) }),
  idempotent: true,
  timeoutMs: 5000,
} as const;
