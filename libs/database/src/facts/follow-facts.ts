import { Bus, Handling, OnEvent, RpcClient, type EventMeta } from '@atrium/bus';
import type { FactMark, FactsContract } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Inject, Injectable, Logger, type Provider, type Type } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Inbox } from '../inbox.ts';
import { FactFollower, type FactAppliers } from './fact-follower.ts';

/** Shorter than what a caller waits, so that it hears how it went. */
const SETTLE_MARGIN_MS = 50;

/** Everything a service follows, by kind. */
@Injectable()
export class FactFollowers {
  private readonly logger = new Logger('facts');
  private readonly followers = new Map<string, FactFollower>();

  add<C extends FactsContract>(follower: FactFollower<C>): FactFollower<C> {
    this.followers.set(follower.kind, follower as unknown as FactFollower);
    return follower;
  }

  /** Whether this service has taken in all of these facts before the deadline. Kinds it does not follow are no concern of its. */
  async settle(facts: readonly FactMark[], deadlineAt: number): Promise<boolean> {
    const until = deadlineAt - SETTLE_MARGIN_MS;
    const settling = facts.map((fact) => this.followers.get(fact.kind)?.settle(fact, until));
    const failed = (await Promise.allSettled(settling)).find((outcome) => outcome.status === 'rejected');
    if (failed) this.logger.warn(`not settled in time: ${(failed.reason as Error).message}`);
    return failed === undefined;
  }
}

/** What every follower is made of. */
export class FollowerParts {
  constructor(
    readonly bus: Bus,
    readonly handling: Handling,
    readonly em: EntityManager,
    readonly inbox: Inbox,
    readonly rpc: RpcClient,
    readonly followers: FactFollowers,
    readonly registry?: Registry,
  ) {}
}

export const followerParts = {
  provide: FollowerParts,
  useFactory: (...parts: ConstructorParameters<typeof FollowerParts>) => new FollowerParts(...parts),
  inject: [Bus, Handling, EntityManager, Inbox, RpcClient, FactFollowers, { token: Registry, optional: true }],
};

/** What a module adds to follow facts: the door that hears their events, and the follower behind it. */
export type Following = { controllers: Type<unknown>[]; providers: Provider[] };

/**
 * Follows the facts of a contract.
 * @param options.consumer the durable consumer's name: `<service>-<purpose>`
 * @param options.applier a provider of the module: what each fact changes here
 */
export function followFacts<C extends FactsContract>(
  contract: C,
  options: { consumer: string; applier: Type<{ appliers: FactAppliers<C> }> },
): Following {
  const token = `facts of ${contract.kind}`;
  const follower: Provider = {
    provide: token,
    useFactory: (parts: FollowerParts, applier: { appliers: FactAppliers<C> }) =>
      parts.followers.add(new FactFollower(parts, contract, () => applier.appliers)),
    inject: [FollowerParts, options.applier],
  };
  return { controllers: [factsConsumer(contract, options.consumer, token)], providers: [follower] };
}

/** A door with one durable handler for each event of the contract. */
function factsConsumer(contract: FactsContract, consumer: string, token: string): Type<unknown> {
  class FactsConsumer {
    constructor(readonly follower: FactFollower) {}
  }
  Inject(token)(FactsConsumer, undefined, 0);
  for (const [name, event] of Object.entries(contract.events)) {
    const value = function (this: FactsConsumer, payload: unknown, meta: EventMeta): Promise<void> {
      return this.follower.take(name, payload as { version: number }, meta.id);
    };
    const descriptor = { value, writable: true, configurable: true };
    Object.defineProperty(FactsConsumer.prototype, name, descriptor);
    OnEvent(event, { consumer })(FactsConsumer.prototype, name, descriptor);
  }
  Controller()(FactsConsumer);
  return FactsConsumer;
}
