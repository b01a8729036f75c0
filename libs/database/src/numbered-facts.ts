import { RpcClient } from '@atrium/bus';
import type { NumberedFact, factHeads, factsAfter, Rpc } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Inbox } from './inbox.ts';
import { transact } from './transact.ts';

/** What the first migration of a service that follows numbered facts creates. */
export const numberedFactTables = `
  create table fact_heads (
    key uuid primary key,
    version integer not null
  );
`;

type FactsRpc = Rpc<typeof factsAfter.input, typeof factsAfter.output>;
type HeadsRpc = Rpc<typeof factHeads.input, typeof factHeads.output>;
/** Whose facts, and what each of them changes here; runs in the transaction that marks the fact as taken. */
export type FactSource = { facts: FactsRpc; heads: HeadsRpc; apply: (tx: EntityManager, fact: NumberedFact) => Promise<void> };
/** One fact of one key. */
export type Fact = NumberedFact & { key: string };

/**
 * Takes numbered facts in their order, each once, whatever order they come in and whatever never comes: an event is
 * only the first news of a fact. A hole is filled by asking the owner, and so is a missing end, by comparing heads.
 */
@Injectable()
export class NumberedFacts {
  constructor(
    private readonly em: EntityManager,
    private readonly inbox: Inbox,
    private readonly rpc: RpcClient,
  ) {}

  /** Takes one fact in, and before it whatever was missed. */
  async take(source: FactSource, fact: Fact): Promise<void> {
    if (await this.takeNext(source, fact)) return;
    await this.catchUp(source, fact.key);
    // Known to the owner's event but not to its list any more: nothing before it can be had.
    await this.takeNext(source, fact, { overHoles: true });
  }

  /** Compares heads with the owner for every key of which something was told since, and takes in what is missing. */
  async compare(source: FactSource, since: Date): Promise<void> {
    for (let afterKey: string | undefined, hasAfter = true; hasAfter;) {
      const page = await this.rpc.call(source.heads, { since: since.toISOString(), afterKey });
      for (const { key, version } of page.items) {
        if ((await this.headOf(this.em.fork(), key)) < version) await this.catchUp(source, key);
      }
      ({ hasAfter } = page);
      afterKey = page.items.at(-1)?.key;
    }
  }

  private async catchUp(source: FactSource, key: string): Promise<void> {
    for (let hasAfter = true; hasAfter;) {
      const page = await this.rpc.call(source.facts, { key, after: await this.headOf(this.em.fork(), key) });
      // What the owner has forgotten by now is not to be had: its list may begin after a hole.
      for (const fact of page.items) await this.takeNext(source, { ...fact, key }, { overHoles: true });
      hasAfter = page.hasAfter && page.items.length > 0;
    }
  }

  /** @returns false, and changes nothing, when facts before it are missing */
  private takeNext(source: FactSource, fact: Fact, { overHoles = false } = {}): Promise<boolean> {
    return transact(this.em, async (tx) => {
      await tx.execute('insert into fact_heads (key, version) values (?, 0) on conflict do nothing', [fact.key]);
      const head = await this.headOf(tx, fact.key, 'for update');
      if (fact.version > head + 1 && !overHoles) return false;
      await this.inbox.once(tx, fact.id, async () => {
        if (fact.version > head) await source.apply(tx, fact);
      });
      await tx.execute('update fact_heads set version = greatest(version, ?) where key = ?', [fact.version, fact.key]);
      return true;
    });
  }

  private async headOf(em: EntityManager, key: string, lock: '' | 'for update' = ''): Promise<number> {
    const [row] = await em.execute<{ version: number }[]>(`select version from fact_heads where key = ? ${lock}`, [key]);
    return row?.version ?? 0;
  }
}
