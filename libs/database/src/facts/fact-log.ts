import { HandleRpc } from '@atrium/bus';
import type { FactMark, FactName, FactPayload, FactsContract, NumberedFact, OutputOf, ParsedInputOf } from '@atrium/contracts';
import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy, type Type } from '@nestjs/common';
import { Outbox } from '../outbox.ts';

const FACTS_A_PAGE = 100;
const HEADS_A_PAGE = 1000;
const FORGET_EVERY_MS = 60 * 60 * 1000;
/** Well beyond what a reader compares after it was away. */
const KEEP_DAYS = 14;

/** What an owner of numbered facts creates. @param key the column of the object's id, such as `room_id` */
export const factTable = (key: string) => `
  create table facts (
    ${key} uuid not null,
    version integer not null,
    id uuid not null,
    name text not null,
    payload jsonb not null,
    at timestamptz(3) not null,
    primary key (${key}, version)
  );
  create index facts_at on facts (at, ${key}, version);
`;

type Page<T> = { items: T[]; hasAfter: boolean };

/** What this service told of its objects, numbered for each without a hole: readers ask for what did not arrive. */
@Injectable()
export class FactLog<C extends FactsContract = FactsContract> implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly forgetting = new RepeatedTask(() => this.forget(), {
    everyMs: FORGET_EVERY_MS,
    logger: new Logger('facts'),
    onFailure: 'old facts stay',
  });

  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly contract: C,
    private readonly key: string,
  ) {}

  onApplicationBootstrap(): void {
    this.forgetting.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.forgetting.stop();
  }

  /**
   * Tells a fact in the transaction of its change.
   * @param payload with the next version of its object, whose row this transaction holds locked
   */
  async tell<N extends FactName<C>>(tx: EntityManager, name: N, payload: FactPayload<C, N>): Promise<FactMark> {
    const { kind, key: keyField, events } = this.contract;
    const fields = payload as { [field: string]: unknown; version: number };
    const mark: FactMark = { kind, key: fields[keyField] as string, version: fields.version };
    const id = await this.outbox.add(tx, events[name]!, payload);
    await tx.execute(`insert into facts (${this.key}, version, id, name, payload, at) values (?, ?, ?, ?, ?, now())`, [
      mark.key,
      mark.version,
      id,
      name,
      JSON.stringify(payload),
    ]);
    return mark;
  }

  async findAfter(key: string, version: number): Promise<Page<NumberedFact>> {
    const rows = await this.em
      .fork()
      .execute<NumberedFact[]>(
        `select id, name, version, payload from facts where ${this.key} = ? and version > ? order by version limit ?`,
        [key, version, FACTS_A_PAGE + 1],
      );
    return { items: rows.slice(0, FACTS_A_PAGE), hasAfter: rows.length > FACTS_A_PAGE };
  }

  /** The last fact of every object of which something was told since. */
  async findHeads(since: Date, afterKey?: string): Promise<Page<{ key: string; version: number }>> {
    const rows = await this.em.fork().execute<{ key: string; version: number }[]>(
      `select ${this.key} as key, max(version) as version from facts
        where at > ? and (?::uuid is null or ${this.key} > ?::uuid) group by 1 order by 1 limit ?`,
      [since, afterKey ?? null, afterKey ?? null, HEADS_A_PAGE + 1],
    );
    return { items: rows.slice(0, HEADS_A_PAGE), hasAfter: rows.length > HEADS_A_PAGE };
  }

  private forget(): Promise<unknown> {
    return this.em.fork().execute('delete from facts where at < now() - make_interval(days => ?)', [KEEP_DAYS]);
  }
}

/** The provider of a service's `FactLog`. @param key the column of its `facts` that names the object */
export function factLog(contract: FactsContract, key: string) {
  return {
    provide: FactLog,
    useFactory: (em: EntityManager, outbox: Outbox) => new FactLog(em, outbox, contract, key),
    inject: [EntityManager, Outbox],
  };
}

/** The door of a `FactLog`: what its readers ask for. */
export function factsRpc({ facts, heads }: FactsContract): Type<unknown> {
  class FactsRpc {
    constructor(private readonly log: FactLog) {}

    facts({ key, after }: ParsedInputOf<typeof facts>): Promise<OutputOf<typeof facts>> {
      return this.log.findAfter(key, after);
    }

    heads({ since, afterKey }: ParsedInputOf<typeof heads>): Promise<OutputOf<typeof heads>> {
      return this.log.findHeads(new Date(since), afterKey);
    }
  }
  const method = (name: keyof FactsRpc) => Object.getOwnPropertyDescriptor(FactsRpc.prototype, name)!;
  Inject(FactLog)(FactsRpc, undefined, 0);
  HandleRpc(facts)(FactsRpc.prototype, 'facts', method('facts'));
  HandleRpc(heads)(FactsRpc.prototype, 'heads', method('heads'));
  Controller()(FactsRpc);
  return FactsRpc;
}
