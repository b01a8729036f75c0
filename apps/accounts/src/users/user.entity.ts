import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** A person with an account. The password is kept as an argon2id string and leaves this row for nobody. */
export const UserEntity = defineEntity({
  name: 'UserEntity',
  tableName: 'users',
  properties: {
    id: p.uuid().primary(),
    username: p.text(),
    email: p.text().nullable(),
    /** Whether a link for a new password goes to `email`; not to one that was set without the password. */
    emailRecovers: p.boolean().default(true),
    /** Where such a link goes meanwhile; null for nowhere, and where it goes to `email`. */
    recoveryEmail: p.text().nullable(),
    displayName: p.text(),
    /** Null for who signs in by a provider and has chosen none. */
    passwordHash: p.text().nullable().lazy(),
    avatarUrl: p.text().nullable(),
    statusText: p.text().default(''),
    statusEmoji: p.text().nullable(),
    /** When the status is over. */
    statusUntil: p.datetime().nullable(),
    /** A name of the IANA database. */
    timeZone: p.text().nullable(),
    presence: p.text().$type<'auto' | 'away' | 'dnd'>().default('auto'),
    role: p.text().$type<'user' | 'admin'>().default('user'),
    /** A program's account, which nobody signs in to. */
    isBot: p.boolean().default(false),
    createdAt: p.datetime(),
    /** Since when an admin keeps the account shut, and why. */
    disabledAt: p.datetime().nullable(),
    disabledReason: p.text().nullable(),
    /** Since when nobody has this account any more. */
    closedAt: p.datetime().nullable(),
    /** How many facts of this person have been told; the number of the last. */
    factsTold: p.integer().default(0),
  },
});
export type UserEntity = InferEntity<typeof UserEntity>;
