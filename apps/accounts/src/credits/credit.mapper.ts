import type { CreditEntry } from '@atrium/contracts';
import type { CreditEntryEntity } from './credit.entities.ts';

export const toCreditEntry = (row: CreditEntryEntity): CreditEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  amount: row.amount,
  reason: row.reason,
  ref: row.ref ?? null,
});
