import { RpcClient } from '@atrium/bus';
import { AppError, type FactsContract, type NumberedFact } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import pTimeout from 'p-timeout';
import { Inbox } from '../inbox.ts';
import { afterCommit, transact } from '../transact.ts';
import { uuidArray } from '../uuid-array.ts';
import { Waiters } from './waiters.ts';

/** What the first migration of a service that follows numbered facts creates. */
export const numberedFactTables = `
  create table fact_heads (
    key uuid primary key,
    version integer not null
  );
`;

/** An event that comes at all is usually here by then. */
const EVENT_FIRST_MS = 150;
/** Another instance may have taken the fact in. */
const LOOK_EVERY_MS = 20;
const ASK_AGAIN_MS = 100;

/** One fact of one object. */
export type Fact = NumberedFact & { key: string };
/** What a fact changes here; runs in the transaction that marks it as taken. */
export type Apply = (tx: EntityManager, fact: Fact) => Promise<void>;
type Parts = { em: EntityManager; inbox: Inbox; rpc: RpcClient };

/**
 * Takes the numbered facts of one kind in their order, each once, whatever order they come in and whatever never comes:
 * an event is only the first news of a fact. A hole is filled by asking the owner, and so is a missing end, by comparing
 * heads or because somebody waits for it.
 */
export class NumberedFacts {
  private readonly waiters = new Waiters();
  /** Heads that are being read, and lists that are being asked for, by key: hundreds may wait for the same. */
  private readonly looks = new Map<string, Promise<number>>();
  private readonly runs = new Map<string, { startedAt: number; done: Promise<void> }>();

  constructor(
    private readonly parts: Parts,
    private readonly contract: FactsContract,
    private readonly apply: Apply,
  ) {}

  /** Takes one fact in, and before it whatever was missed. */
  async take(fact: Fact): Promise<void> {
    if (await this.takeNext(fact)) return;
    await this.catchUp(fact.key);
    // Known to the owner's event but not to its list any more: nothing before it can be had.
    await this.takeNext(fact, { overHoles: true });
  }

  /**
   * Resolves once the fact is taken in, by whichever instance, and rejects when that does not succeed in time. What does not come by its event in a moment is
   * asked for. Whoever has read all that the owner has is level, also with a fact too old to be had.
   */
  async settle(key: string, version: number, deadlineAt: number): Promise<void> {
    const neededAt = performance.now();
    if (await this.isTakenBy(key, version, Math.min(deadlineAt, Date.now() + EVENT_FIRST_MS))) return;
    for (;;) {
      try {
        const startedAt = await this.catchUpTogether(key, deadlineAt);
        // What somebody else had asked for before may lack it.
        if (startedAt >= neededAt || (await this.look(key)) >= version) return;
        continue;
      } catch (error) {
        if (Date.now() + ASK_AGAIN_MS >= deadlineAt) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }

  /** Takes in whatever the owner has told of an object and did not arrive here. */
  async catchUp(key: string, deadlineAt?: number): Promise<void> {
    for (let hasAfter = true; hasAfter;) {
      const after = await this.headOf(this.parts.em.fork(), key);
      const page = await this.parts.rpc.call(this.contract.facts, { key, after }, { deadlineAt });
      // What the owner has forgotten by now is not to be had: its list may begin after a hole.
      for (const fact of page.items) await this.takeNext({ ...fact, key }, { overHoles: true });
      hasAfter = page.hasAfter && page.items.length > 0;
    }
  }

  /** One list for all who wait for it. @returns since when it has been asked for */
  private async catchUpTogether(key: string, deadlineAt: number): Promise<number> {
    const run = this.runs.get(key) ?? { startedAt: performance.now(), done: this.catchUp(key, deadlineAt) };
    if (!this.runs.has(key)) {
      this.runs.set(key, run);
      const forget = () => void this.runs.delete(key);
      run.done.then(forget, forget);
    }
    // A deadline that is over is no number of milliseconds to it.
    await pTimeout(run.done, { milliseconds: Math.max(1, deadlineAt - Date.now()), message: new AppError('deadline_exceeded') });
    return run.startedAt;
  }

  /** How far the facts of several objects have been taken in; those of which nothing has are absent. */
  async headsOf(keys: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.parts.em
      .fork()
      .execute<{ key: string; version: number }[]>('select key, version from fact_heads where key = any(?::uuid[])', [uuidArray(keys)]);
    return new Map(rows.map(({ key, version }) => [key, version]));
  }

  /** @returns false, and changes nothing, when facts before it are missing */
  private takeNext(fact: Fact, { overHoles = false } = {}): Promise<boolean> {
    return transact(this.parts.em, async (tx) => {
      await tx.execute('insert into fact_heads (key, version) values (?, 0) on conflict do nothing', [fact.key]);
      const head = await this.headOf(tx, fact.key, 'for update');
      if (fact.version > head + 1 && !overHoles) return false;
      await this.parts.inbox.once(tx, fact.id, async () => {
        if (fact.version > head) await this.apply(tx, fact);
      });
      await tx.execute('update fact_heads set version = greatest(version, ?) where key = ?', [fact.version, fact.key]);
      afterCommit(tx, () => this.waiters.wake(fact.key));
      return true;
    });
  }

  private async isTakenBy(key: string, version: number, until: number): Promise<boolean> {
    while ((await this.look(key)) < version) {
      if (Date.now() >= until) return false;
      await this.waiters.next(key, LOOK_EVERY_MS);
    }
    return true;
  }

  /** One reading for all who ask while it is under way: a head only grows, and who finds too little looks again. */
  private look(key: string): Promise<number> {
    const look = this.looks.get(key) ?? this.headOf(this.parts.em.fork(), key).finally(() => this.looks.delete(key));
    this.looks.set(key, look);
    return look;
  }

  private async headOf(em: EntityManager, key: string, lock: '' | 'for update' = ''): Promise<number> {
    const [row] = await em.execute<{ version: number }[]>(`select version from fact_heads where key = ? ${lock}`, [key]);
    return row?.version ?? 0;
  }
}
