import { z } from 'zod';
import { defineRpcs } from '../define.ts';
import { factHeads, factsAfter } from '../facts.ts';
import { Cursor, Id, Limit, Nothing, isStorable, line, listOf } from '../values.ts';
import { accountsAdminRpcs } from './admin.rpc.ts';
import { deadLetterRpcs } from './dead-letters.rpc.ts';
import { GivenPassword, passwordRpcs } from './passwords.rpc.ts';
import { tokenRpcs } from './tokens.rpc.ts';
import { twoFactorRpcs } from './two-factor.rpc.ts';
import { avatarRpcs } from './avatars.rpc.ts';
import { botAccountRpcs } from './bots.rpc.ts';
import { closingRpcs } from './closing.rpc.ts';
import { oidcRpcs } from './oidc.rpc.ts';
import { CreditEntry, DirectoryUser, Grant, Origin, Password, Session, User, UserProfile, UserRole, Username } from './accounts.schema.ts';

export const accounts = defineRpcs('accounts', {
  register: {
    input: z.object({
      username: Username,
      password: Password,
      displayName: UserProfile.shape.displayName.optional(),
      email: UserProfile.shape.email.optional(),
      /** For a name that is kept for an admin: the code that was printed when the server started. */
      adminCode: z.string().max(100).optional(),
      origin: Origin,
    }),
    output: Grant,
    codes: ['username_taken', 'email_taken', 'admin_code_required'],
    callers: { gateway: 'for-itself' },
  },
  logIn: {
    input: z.object({
      username: z.string().min(1).max(254).refine(isStorable, { error: 'must not contain null characters' }),
      password: z.string().min(1).max(1024),
      /** What an earlier sign-in on this device was given: failures of others do not count against it. */
      deviceToken: z.string().max(100).optional(),
      origin: Origin,
    }),
    output: Grant,
    timeoutMs: 5000,
    codes: ['wrong_credentials', 'two_factor_required', 'too_many_attempts', 'account_disabled'],
    callers: { gateway: 'for-itself' },
  },
  refresh: {
    input: z.object({
      refreshToken: z.string().min(1).max(500),
      origin: Origin,
      /** The token lies in a browser's cookies, which tabs share and which a reload may not have had the time to replace. */
      fromBrowser: z.boolean().default(false),
    }),
    output: Grant,
    codes: ['unauthenticated', 'session_revoked'],
    callers: { gateway: 'for-itself' },
  },
  /** Ends the session that this refresh token belongs to; silent when there is none. */
  logOut: { input: z.object({ refreshToken: z.string().max(500) }), output: Nothing, idempotent: true, callers: { gateway: 'for-itself' } },
  ...passwordRpcs,
  ...tokenRpcs,
  ...twoFactorRpcs,
  ...avatarRpcs,
  ...closingRpcs,
  ...oidcRpcs,
  ...botAccountRpcs,
  ...accountsAdminRpcs,
  ...deadLetterRpcs,
  listSessions: { input: Nothing, output: z.object({ items: z.array(Session) }), idempotent: true },
  endSession: { input: z.object({ sessionId: Id }), output: Nothing, idempotent: true, codes: ['session_not_found'] },
  /** Whether an access token's session still lives; what the gateway asks before it trusts a token. */
  checkSession: {
    input: z.object({ sessionId: Id }),
    output: z.object({ active: z.boolean(), userId: Id.nullable(), role: UserRole.nullable() }),
    idempotent: true,
    callers: { gateway: 'for-itself' },
  },
  /** Public keys (JWK) that verify access tokens. */
  signingKeys: {
    input: Nothing,
    output: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
    idempotent: true,
    callers: { gateway: 'for-itself' },
  },
  getMe: { input: Nothing, output: User, idempotent: true },
  updateMe: {
    input: UserProfile.partial().extend({
      /** With it, links for a new password go to the `email` that is given; without it, where they went before. */
      currentPassword: GivenPassword.optional(),
    }),
    output: User,
    idempotent: true,
    timeoutMs: 5000,
    codes: ['email_taken', 'wrong_password', 'too_many_attempts'],
  },
  getCredits: {
    input: z.object({ cursor: Cursor.optional(), limit: Limit }),
    output: listOf(CreditEntry).extend({ balance: z.int(), held: z.int() }),
    idempotent: true,
    callers: { gateway: 'for-user', bot: 'for-user' },
  },
  findUsers: {
    input: z.object({ query: line(0, 64).default(''), cursor: Cursor.optional(), limit: Limit }),
    output: listOf(DirectoryUser),
    idempotent: true,
    callers: { gateway: 'for-user', bot: 'for-user' },
  },
  getUsers: {
    input: z.object({ userIds: z.array(Id).max(1000) }),
    output: z.object({ items: z.array(DirectoryUser) }),
    idempotent: true,
    callers: { gateway: 'for-user', rooms: 'for-user' },
  },
  /** What was told of a person's profile, for whoever missed some of it. */
  facts: { ...factsAfter, callers: { rooms: 'for-itself', messages: 'for-itself' } },
  factHeads: { ...factHeads, callers: { rooms: 'for-itself', messages: 'for-itself' } },
  /** Holds credits of the actor under a key, for five minutes. The same key again answers the same. */
  reserveCredits: {
    input: z.object({ key: z.string().min(1).max(100), amount: z.int().positive(), reason: z.string().max(100), ref: z.string().max(200) }),
    output: z.object({ creditsLeft: z.int() }),
    idempotent: true,
    codes: ['insufficient_credits', 'reservation_conflict'],
    callers: { files: 'naming-user' },
  },
  /** Spends what was reserved under the key; at most the amount reserved. */
  commitCredits: {
    input: z.object({ key: z.string().min(1).max(100), amount: z.int().positive() }),
    output: z.object({ creditsLeft: z.int() }),
    idempotent: true,
    codes: ['reservation_conflict'],
    callers: { files: 'naming-user' },
  },
  /** Gives back what was reserved under the key; silent when there is nothing left to give back. */
  releaseCredits: {
    input: z.object({ key: z.string().min(1).max(100) }),
    output: z.object({ creditsLeft: z.int() }),
    idempotent: true,
    callers: { files: 'naming-user' },
  },
});
