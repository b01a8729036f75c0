import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** What a user owns: always the sum of the user's entries, changed in the same transaction as they are. */
export const CreditAccountEntity = defineEntity({
  name: 'CreditAccountEntity',
  tableName: 'credit_accounts',
  properties: {
    userId: p.uuid().primary(),
    balance: p.integer(),
    /** How often the balance, or what of it is held, changed. */
    revision: p.integer().default(0),
  },
});
export type CreditAccountEntity = InferEntity<typeof CreditAccountEntity>;

/** One line of the ledger; written once, never changed. */
export const CreditEntryEntity = defineEntity({
  name: 'CreditEntryEntity',
  tableName: 'credit_entries',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    at: p.datetime(),
    amount: p.integer(),
    reason: p.text(),
    ref: p.text().nullable(),
    reservationKey: p.text().nullable(),
  },
});
export type CreditEntryEntity = InferEntity<typeof CreditEntryEntity>;

export type ReservationState = 'held' | 'committed' | 'released' | 'expired';

/** Credits set aside under a key the caller chose, until spent, given back or five minutes old. */
export const CreditReservationEntity = defineEntity({
  name: 'CreditReservationEntity',
  tableName: 'credit_reservations',
  properties: {
    userId: p.uuid().primary(),
    key: p.text().primary(),
    amount: p.integer(),
    reason: p.text(),
    ref: p.text(),
    state: p.text().$type<ReservationState>().default('held'),
    committedAmount: p.integer().nullable(),
    expiresAt: p.datetime(),
    createdAt: p.datetime(),
  },
});
export type CreditReservationEntity = InferEntity<typeof CreditReservationEntity>;
