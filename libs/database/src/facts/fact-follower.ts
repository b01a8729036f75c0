import { Bus, Handling, RpcClient } from '@atrium/bus';
import type { FactMark, FactName, FactPayload, FactsContract } from '@atrium/contracts';
import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { Inbox } from '../inbox.ts';
import { FactMetrics } from './fact-metrics.ts';
import { NumberedFacts, type Fact } from './numbered-facts.ts';

const COMPARE_EVERY_MS = 30_000;
/** Facts are dated before they are committed, and clocks differ. */
const OVERLAP_MS = 60_000;
/** At a start nobody knows since when this service was away. Owners keep their facts longer. */
const AT_START_MS = 7 * 24 * 60 * 60 * 1000;

/** What each fact of a contract changes here, by the fact's name; runs in the transaction that marks it as taken. */
export type FactAppliers<C extends FactsContract> = {
  [N in FactName<C>]: (tx: EntityManager, fact: FactPayload<C, N>) => Promise<void>;
};

type Parts = { bus: Bus; handling: Handling; em: EntityManager; inbox: Inbox; rpc: RpcClient; registry?: Registry };

/**
 * Keeps this service level with one kind of facts: takes them from their events, asks for what is missing when somebody
 * waits for it, and compares heads with the owner from time to time, which reveals what no later event would.
 */
export class FactFollower<C extends FactsContract = FactsContract> implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger: Logger;
  private readonly facts: NumberedFacts;
  private readonly metrics: FactMetrics;
  private since = new Date(Date.now() - AT_START_MS);
  private readonly comparing: RepeatedTask;

  constructor(
    private readonly parts: Parts,
    private readonly contract: C,
    private readonly appliers: () => FactAppliers<C>,
  ) {
    this.logger = new Logger(`facts of ${contract.kind}s`);
    this.metrics = new FactMetrics(contract.kind, parts.registry);
    this.comparing = new RepeatedTask(() => parts.handling.runInScope(() => this.compare()), {
      everyMs: COMPARE_EVERY_MS,
      logger: this.logger,
      onFailure: 'heads are compared again in a moment',
    });
    this.facts = new NumberedFacts(parts, contract, (tx, fact) => this.apply(tx, fact));
  }

  get kind(): C['kind'] {
    return this.contract.kind;
  }

  onApplicationBootstrap(): void {
    void this.comparing.run();
    this.comparing.start();
    // What was told while the bus was away, or was on its way when it went, may be lost with it.
    this.parts.bus.onStatus((connected) => connected && void this.comparing.run());
  }

  onModuleDestroy(): Promise<void> {
    return this.comparing.stop();
  }

  /** Takes in what an event tells. */
  take(name: FactName<C>, payload: { [field: string]: unknown; version: number }, id: string): Promise<void> {
    return this.facts.take({ id, name, key: payload[this.contract.key] as string, version: payload.version, payload });
  }

  settle({ key, version }: FactMark, deadlineAt: number): Promise<void> {
    return this.facts.settle(key, version, deadlineAt);
  }

  private async apply(tx: EntityManager, { id, name, payload }: Fact): Promise<void> {
    const event = this.contract.events[name];
    // An owner of a newer version may tell it; this one waits, since what it left out it would never learn again.
    if (!event) throw new Error(`this version does not know the fact ${this.contract.kind}.${name}; a newer one will take it in`);
    const apply = this.appliers()[name as FactName<C>];
    await apply(tx, event.payload.parse(payload) as FactPayload<C, FactName<C>>);
    this.metrics.taken(id);
  }

  /** Takes in what is missing of everything of which something was told since the last complete comparison. */
  private async compare(): Promise<void> {
    const next = new Date(Date.now() - OVERLAP_MS);
    const missed = { facts: 0, failure: undefined as unknown };
    for (let afterKey: string | undefined, hasAfter = true; hasAfter;) {
      const page = await this.parts.rpc.call(this.contract.heads, { since: this.since.toISOString(), afterKey });
      const taken = await this.facts.headsOf(page.items.map(({ key }) => key));
      for (const { key, version } of page.items) {
        const behind = version - (taken.get(key) ?? 0);
        if (behind > 0) await this.catchUp(key, behind, missed);
      }
      ({ hasAfter } = page);
      afterKey = page.items.at(-1)?.key;
    }
    this.metrics.compared(missed.facts);
    if (missed.failure !== undefined) throw missed.failure;
    this.since = next;
  }

  /** One object whose facts cannot be taken in does not keep the others waiting. */
  private async catchUp(key: string, behind: number, missed: { facts: number; failure: unknown }): Promise<void> {
    try {
      await this.facts.catchUp(key);
    } catch (error) {
      missed.facts += behind;
      missed.failure ??= error;
      this.logger.warn(`${this.contract.kind} ${key} stays ${behind} facts behind: ${(error as Error).message}`);
    }
  }
}
