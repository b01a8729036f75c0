import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { waitFor } from '@atrium/testing';
import { Redis } from 'ioredis';
import { natsServers } from '../../libs/bus/src/nats-servers.ts';
import { Refusal } from '../../tools/local/refusal.ts';
import { backUpAndRestore, type Forgotten } from './restore-fault.ts';
import { partition } from './partition.ts';
import { promoteReplica } from './promote-replica.ts';
import { promoteLateStandby, promoteStandby } from './standby.ts';
import type { DrillSystem } from './system.ts';
import { upgradeServices } from './upgrade.ts';

const BACK_WITHIN_MS = 60_000;
const SLOW_MS = 150;

/** One way of breaking a system: `kill:messages`. */
export interface Fault<S = DrillSystem> {
  name: string;
  /** How long it lasts; 0 for what happens in a moment. */
  lastsMs: number;
  /** Breaks it, and resolves when it is whole again as far as the fault goes. */
  strike: (system: S) => Promise<Forgotten | void>;
}

type Kind = { lastsMs: number; strike: (system: DrillSystem, what: string, lastsMs: number) => Promise<Forgotten | void> };

const kinds: Record<string, Kind> = {
  /** As a power cut, or the kernel's last resort, ends it. */
  kill: {
    lastsMs: 0,
    strike: async (system, what) => {
      const before = system.process(what).pid;
      system.signal(what, 'SIGKILL');
      await waitFor(() => system.process(what).pid !== before && system.process(what).status === 'ready', {
        withinMs: BACK_WITHIN_MS,
        what: `${what} to be started again`,
      });
    },
  },
  /** It is there and does nothing: a stopped machine, a paging one, an endless loop. */
  freeze: {
    lastsMs: 15_000,
    strike: async (system, what, lastsMs) => {
      system.signal(what, 'SIGSTOP');
      await sleep(lastsMs);
      system.signal(what, 'SIGCONT');
    },
  },
  /** Ended in order, and away for a while. */
  stop: {
    lastsMs: 10_000,
    strike: async (system, what, lastsMs) => {
      await system.stack.halt(what);
      await sleep(lastsMs);
      await system.stack.resume(what);
    },
  },
  slow: {
    lastsMs: 10_000,
    strike: async (system, what, lastsMs) => {
      const wires = system.edges.find(what);
      for (const wire of wires) wire.slow(SLOW_MS);
      await sleep(lastsMs);
      for (const wire of wires) wire.heal();
    },
  },
  cut: {
    lastsMs: 12_000,
    strike: async (system, what, lastsMs) => {
      const wires = system.edges.find(what);
      for (const wire of wires) wire.cut();
      await sleep(lastsMs);
      for (const wire of wires) wire.heal();
    },
  },
  /** Laptops are closed, each for a while of its own, and opened again. */
  sleep: {
    lastsMs: 40_000,
    strike: async (system, what, lastsMs) => {
      if (what !== 'clients') throw new Refusal(`Only clients sleep, not ${what}.`);
      const asleep = system.edges.find('clients/gateway').map(async (wire) => {
        await sleep((Math.random() * lastsMs) / 4);
        wire.cut();
        await sleep((Math.random() * lastsMs * 3) / 4);
        wire.heal();
      });
      await Promise.all(asleep);
    },
  },
  /** One node of three does not reach the other two, and who is connected to it stays so. */
  partition: { lastsMs: 25_000, strike: partition },
  /** Every process in its turn is ended and started from the code that is here: with `--from`, another than before. */
  upgrade: {
    lastsMs: 100_000,
    strike: async (system, what) => {
      if (what !== 'services') throw new Refusal(`Services are upgraded, not ${what}.`);
      await upgradeServices(system);
    },
  },
  /** Redis as after a loss of its disk. */
  empty: {
    lastsMs: 0,
    strike: async (system, what) => {
      if (what !== 'redis') throw new Refusal(`Only redis can be emptied, not ${what}.`);
      const redis = new Redis(system.file.env['REDIS_URL']!, { lazyConnect: true });
      await redis.connect();
      await redis.flushall();
      redis.disconnect();
    },
  },
  /** Everything is what it was some time ago. */
  restore: { lastsMs: 20_000, strike: (system) => backUpAndRestore(system) },
  /** A server dies for good, and the one that followed it takes over: with all of it, or without the newest. */
  promote: {
    lastsMs: 45_000,
    strike: async (system, what) => {
      if (what !== 'postgres' && what !== 'redis') throw new Refusal(`Only postgres and redis have one that follows, not ${what}.`);
      await (what === 'redis' ? promoteReplica(system) : promoteStandby(system));
    },
  },
  'promote-late': {
    lastsMs: 45_000,
    strike: (system, what) => {
      if (what !== 'postgres') throw new Refusal(`Only postgres has a standby, not ${what}.`);
      return promoteLateStandby(system);
    },
  },
  /** A stream as after a loss of its disk. */
  delete: {
    lastsMs: 0,
    strike: async (system, what) => {
      const connection = await connect(natsServers(system.file.env['NATS_URL']!));
      const manager = await jetstreamManager(connection);
      await manager.streams.delete(what.toUpperCase());
      await connection.close();
    },
  },
};

export function readFault(name: string): Fault {
  const [kindName = '', what = ''] = name.split(':');
  const kind = kinds[kindName];
  if (!kind || !what)
    throw new Refusal(
      `There is no drill "${name}": write ${Object.keys(kinds).join(', ')}, a colon, and what it happens to, as in kill:messages.`,
    );
  return { name, lastsMs: kind.lastsMs, strike: (system) => kind.strike(system, what, kind.lastsMs) };
}
