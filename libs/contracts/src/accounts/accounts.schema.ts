import { z } from 'zod';
import { TimeZone } from '../time-zone.ts';
import { Id, Instant, line, nameLine } from '../values.ts';
import { PersonStatus, StatusEmoji } from './person-status.schema.ts';

export const Username = z.string().regex(/^[a-z0-9_.-]{3,32}$/, { error: 'must be 3 to 32 of a-z, 0-9, _ . -' });
export const Password = z
  .string()
  .refine((v) => [...v].length >= 8, { error: 'must have at least 8 characters' })
  .refine((v) => [...v].length <= 128, { error: 'must have at most 128 characters' })
  .meta({ minLength: 8, maxLength: 128 });
export const PresenceSetting = z.enum(['auto', 'away', 'dnd']);
export const UserRole = z.enum(['user', 'admin']);

/** The caller's own account. */
export const User = z
  .object({
    id: Id,
    username: Username,
    displayName: z.string(),
    email: z.string().optional(),
    /** Where links for a new password go, or null for nowhere. Told only where that is not `email`, which was set without the password. */
    recoveryEmail: z.string().nullable().optional(),
    avatarUrl: z.string().optional(),
    statusText: z.string(),
    ...PersonStatus.omit({ statusText: true }).shape,
    presence: PresenceSetting,
    role: UserRole,
    credits: z.int(),
    createdAt: Instant,
    /** Whether this is a program's account. */
    bot: z.boolean().optional(),
  })
  .meta({ id: 'User' });
export type User = z.output<typeof User>;

/** What anyone signed in may know of anyone. */
export const DirectoryUser = z
  .object({
    id: Id,
    username: Username,
    displayName: z.string(),
    avatarUrl: z.string().nullable(),
    presence: PresenceSetting,
    /** Whether this is a program's account. */
    bot: z.boolean().optional(),
    ...PersonStatus.shape,
  })
  .meta({ id: 'DirectoryUser' });
export type DirectoryUser = z.output<typeof DirectoryUser>;

/** `/api/…`, and nothing by which a browser would leave this server: no second slash, no backslash, no dots between slashes. */
export const OwnPicture = z
  .string()
  .regex(/^\/api(\/[a-z0-9_-][a-z0-9_.-]*)+(\?v=[a-z0-9_-]+)?$/i, { error: 'must be a picture that was uploaded here' })
  .max(2048);

export const UserProfile = z.object({
  displayName: nameLine(1, 64),
  email: z.email({ error: 'must be an e-mail address' }).max(254).nullable(),
  /** A picture that this server keeps. An address elsewhere would tell a stranger who reads what, and when. */
  avatarUrl: OwnPicture.nullable(),
  statusText: line(0, 100),
  statusEmoji: StatusEmoji.nullable(),
  /** When the status is gone by itself. Left out with a new status: never. */
  statusUntil: Instant.nullable(),
  timeZone: TimeZone.nullable(),
  presence: PresenceSetting,
});

export const Session = z
  .object({
    id: Id,
    createdAt: Instant,
    lastUsedAt: Instant,
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    current: z.boolean(),
  })
  .meta({ id: 'Session' });
export type Session = z.output<typeof Session>;

/** What signing in gives. `refreshToken` goes to a cookie unless the client asked for it in the body. */
export const Grant = z.object({
  user: User,
  accessToken: z.string(),
  /** Seconds the access token lives. */
  expiresIn: z.int(),
  refreshToken: z.string(),
  /** Shows at the next sign-in that this device signed in before. Kept like the refresh token; a refresh gives none. */
  deviceToken: z.string().optional(),
});
export type Grant = z.output<typeof Grant>;

/** Where a sign-in comes from: shown in the list of sessions, and what the guards count by. */
export const Origin = z.object({ address: z.string(), userAgent: z.string().max(400) });
export type Origin = z.output<typeof Origin>;

export const CreditEntry = z
  .object({ id: Id, at: Instant, amount: z.int(), reason: z.string(), ref: z.string().nullable() })
  .meta({ id: 'CreditEntry' });
export type CreditEntry = z.output<typeof CreditEntry>;

/** The claims of an access token (EdDSA JWT). */
export const AccessClaims = z.object({ sub: Id, sid: Id, role: UserRole });
export type AccessClaims = z.output<typeof AccessClaims>;
