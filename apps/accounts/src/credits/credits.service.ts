import { AppError, accountEvents, type CreditEntry, type ParsedInputOf, accounts } from '@atrium/contracts';
import { Outbox, transact, uuidv7 } from '@atrium/database';
import { readIdCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CreditAccountEntity, CreditEntryEntity } from './credit.entities.ts';
import { toCreditEntry } from './credit.mapper.ts';
import { CreditsRepository, type Funds } from './credits.repository.ts';
import { canHold, requireCommittable } from './reservation-rules.ts';

type Hold = ParsedInputOf<typeof accounts.reserveCredits>;
type Spend = ParsedInputOf<typeof accounts.commitCredits>;
type Grant = { userId: string; actorId: string; amount: number; reason: string; idempotencyKey?: string | undefined };
type CreditsPage = Funds & { items: CreditEntry[]; nextCursor: string | null };

/** Credits: reserved before a service is rendered, committed after it, released when it failed. */
@Injectable()
export class CreditsService {
  constructor(
    private readonly em: EntityManager,
    private readonly credits: CreditsRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Opens a new user's account with what newcomers get. */
  async open(tx: EntityManager, userId: string, amount: number): Promise<void> {
    tx.create(CreditAccountEntity, { userId, balance: amount });
    await tx.flush();
    if (amount > 0) await this.writeEntry(tx, { userId, amount, reason: 'welcome', ref: null, reservationKey: null });
  }

  /** Adds what an admin gives. @returns false when this key has given it before @throws AppError `idempotency_conflict` when it gave something else */
  async grant(tx: EntityManager, grant: Grant): Promise<boolean> {
    const { userId, actorId, amount, reason, idempotencyKey } = grant;
    if (!(await this.credits.lockAccount(tx, userId))) throw new AppError('user_not_found');
    const reservationKey = idempotencyKey === undefined ? null : `grant:${actorId}:${idempotencyKey}`;
    const former = reservationKey === null ? null : await tx.findOne(CreditEntryEntity, { userId, reservationKey });
    if (former && (former.amount !== amount || former.reason !== reason)) throw new AppError('idempotency_conflict');
    if (former) return false;
    await this.credits.addToBalance(tx, userId, amount);
    await this.writeEntry(tx, { userId, amount, reason, ref: null, reservationKey });
    await this.announce(tx, userId);
    return true;
  }

  /** What a user can spend now. */
  async spendable(em: EntityManager, userId: string): Promise<number> {
    return creditsLeft(await this.funds(em, userId));
  }

  async page(userId: string, { cursor, limit }: ParsedInputOf<typeof accounts.getCredits>): Promise<CreditsPage> {
    const before = cursor === undefined ? {} : { id: { $lt: readIdCursor(cursor) } };
    const rows = await this.em.find(CreditEntryEntity, { userId, ...before }, { orderBy: { id: 'desc' }, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const nextCursor = rows.length > limit ? (items.at(-1)?.id ?? null) : null;
    return { ...(await this.funds(this.em, userId)), items: items.map(toCreditEntry), nextCursor };
  }

  /** Sets credits aside. The account's row lock makes parallel reserves take turns, so none sees stale funds. */
  async reserve(userId: string, hold: Hold): Promise<number> {
    return this.change(userId, async (tx) => {
      const existing = await this.credits.findReservation(tx, userId, hold.key);
      const { balance, held } = await this.funds(tx, userId);
      if (!canHold(existing, hold, balance - held)) return false;
      await this.credits.hold(tx, userId, hold);
      return true;
    });
  }

  async commit(userId: string, spend: Spend): Promise<number> {
    return this.change(userId, async (tx) => {
      const reservation = requireCommittable(await this.credits.findReservation(tx, userId, spend.key), spend.amount);
      if (reservation.state === 'committed') return false;
      await this.credits.markCommitted(tx, userId, spend);
      await this.credits.addToBalance(tx, userId, -spend.amount);
      const { reason, ref } = reservation;
      await this.writeEntry(tx, { userId, amount: -spend.amount, reason, ref, reservationKey: spend.key });
      return true;
    });
  }

  async release(userId: string, key: string): Promise<number> {
    return this.change(userId, (tx) => this.credits.markReleased(tx, userId, key));
  }

  /** Books reservations that nobody ended in time. Their credits are spendable already; this tells the clients. */
  async expireReservations(em: EntityManager): Promise<void> {
    for (const userId of await this.credits.usersWithLapsed(em)) {
      await transact(em, async (tx) => {
        await this.credits.lockAccount(tx, userId);
        if (await this.credits.markExpired(tx, userId)) await this.announce(tx, userId);
      });
    }
  }

  /** Runs a change under the account's lock and tells about it when there was one; answers what is left. */
  private async change(userId: string, apply: (tx: EntityManager) => Promise<boolean>): Promise<number> {
    return transact(this.em, async (tx) => {
      if (!(await this.credits.lockAccount(tx, userId))) throw new AppError('user_not_found');
      const changed = await apply(tx);
      return creditsLeft(changed ? await this.announce(tx, userId) : await this.funds(tx, userId));
    });
  }

  private async announce(tx: EntityManager, userId: string): Promise<Funds> {
    const version = await this.credits.nextRevision(tx, userId);
    const funds = await this.funds(tx, userId);
    await this.outbox.add(tx, accountEvents.creditsChanged, { userId, ...funds, version });
    return funds;
  }

  private async funds(em: EntityManager, userId: string): Promise<Funds> {
    const funds = await this.credits.funds(em, userId);
    if (!funds) throw new AppError('user_not_found');
    return funds;
  }

  private async writeEntry(tx: EntityManager, entry: Omit<CreditEntryEntity, 'id' | 'at'>): Promise<void> {
    tx.create(CreditEntryEntity, { id: uuidv7(), at: new Date(), ...entry });
    await tx.flush();
  }
}

const creditsLeft = ({ balance, held }: Funds): number => balance - held;
