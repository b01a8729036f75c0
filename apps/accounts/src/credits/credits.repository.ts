import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export const RESERVATION_MINUTES = 5;

export type Funds = { balance: number; held: number };

/** A reservation as it stands now; `lapsed` says that its time is over, whether or not anyone booked that yet. */
export type Reservation = {
  amount: number;
  reason: string;
  ref: string;
  state: 'held' | 'committed' | 'released' | 'expired';
  committedAmount: number | null;
  lapsed: boolean;
};

const HELD = `coalesce((select sum(r.amount) from credit_reservations r
  where r.user_id = a.user_id and r.state = 'held' and r.expires_at > clock_timestamp()), 0)::int`;

/** Reads and writes of credits. Every change locks the account first, so a user's changes happen one by one. */
@Injectable()
export class CreditsRepository {
  async lockAccount(tx: EntityManager, userId: string): Promise<boolean> {
    const rows = await tx.execute('select 1 from credit_accounts where user_id = ? for update', [userId]);
    return rows.length > 0;
  }

  /** What is owned and what of it is set aside. What is held falls free when its time is over, sweeper or not. */
  async funds(em: EntityManager, userId: string): Promise<Funds | null> {
    const [row] = await em.execute<Funds[]>(`select a.balance, ${HELD} "held" from credit_accounts a where a.user_id = ?`, [userId]);
    return row ?? null;
  }

  /** Numbers a change of the funds, which the caller's lock lets happen one by one. */
  async nextRevision(tx: EntityManager, userId: string): Promise<number> {
    const [row] = await tx.execute<{ revision: number }[]>(
      'update credit_accounts set revision = revision + 1 where user_id = ? returning revision',
      [userId],
    );
    return row!.revision;
  }

  async findReservation(tx: EntityManager, userId: string, key: string): Promise<Reservation | null> {
    const [row] = await tx.execute<Reservation[]>(
      `select amount, reason, ref, state, committed_amount "committedAmount",
              state = 'held' and expires_at <= clock_timestamp() "lapsed"
         from credit_reservations where user_id = ? and key = ?`,
      [userId, key],
    );
    return row ?? null;
  }

  async hold(tx: EntityManager, userId: string, hold: { key: string; amount: number; reason: string; ref: string }): Promise<void> {
    await tx.execute(
      `insert into credit_reservations (user_id, key, amount, reason, ref, expires_at)
       values (?, ?, ?, ?, ?, clock_timestamp() + make_interval(mins => ?))`,
      [userId, hold.key, hold.amount, hold.reason, hold.ref, RESERVATION_MINUTES],
    );
  }

  async markCommitted(tx: EntityManager, userId: string, spent: { key: string; amount: number }): Promise<void> {
    await tx.execute(
      `update credit_reservations set state = 'committed', committed_amount = ? where user_id = ? and key = ? and state = 'held'`,
      [spent.amount, userId, spent.key],
    );
  }

  /** Gives back what is still held under the key; answers whether there was anything. */
  async markReleased(tx: EntityManager, userId: string, key: string): Promise<boolean> {
    const rows = await tx.execute(
      `update credit_reservations set state = 'released' where user_id = ? and key = ? and state = 'held' returning key`,
      [userId, key],
    );
    return rows.length > 0;
  }

  /** Books what has lapsed of one user; answers whether there was anything. */
  async markExpired(tx: EntityManager, userId: string): Promise<boolean> {
    const rows = await tx.execute(
      `update credit_reservations set state = 'expired'
        where user_id = ? and state = 'held' and expires_at <= clock_timestamp() returning key`,
      [userId],
    );
    return rows.length > 0;
  }

  async usersWithLapsed(em: EntityManager): Promise<string[]> {
    const rows = await em.execute<{ userId: string }[]>(
      `select distinct user_id "userId" from credit_reservations
        where state = 'held' and expires_at <= clock_timestamp() limit 500`,
    );
    return rows.map((row) => row.userId);
  }

  /** Changes a balance; the ledger row that says why is the caller's to add in the same transaction. */
  async addToBalance(tx: EntityManager, userId: string, amount: number): Promise<void> {
    await tx.execute('update credit_accounts set balance = balance + ? where user_id = ?', [amount, userId]);
  }
}
