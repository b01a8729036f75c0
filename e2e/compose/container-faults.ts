import { say } from '../../tools/local/console.ts';
import type { Fault } from '../drills/faults.ts';
import type { Composed } from './composed.ts';
import { serviceOf, type Container } from './container.ts';

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

async function firstOfEach(composed: Composed): Promise<Map<string, Container>> {
  const firsts = new Map<string, Container>();
  for (const container of await composed.containers()) if (!firsts.has(serviceOf(container))) firsts.set(serviceOf(container), container);
  return firsts;
}

/** One after another: a container of each service is killed and has to come back by itself. */
export const killOfEach: Fault<Composed> = {
  name: 'kill:each container',
  // About as long as it takes; the load is spread over it.
  lastsMs: 150_000,
  strike: async (composed) => {
    for (const [service, container] of await firstOfEach(composed))
      say(`${service} was killed and healthy again after ${seconds(await composed.kill(container))}`);
  },
};

/** One after another: a container of each service is asked to end, and started again. */
export const stopOfEach: Fault<Composed> = {
  name: 'stop:each container',
  lastsMs: 210_000,
  strike: async (composed) => {
    for (const [service, container] of await firstOfEach(composed)) {
      const { stopped, back } = await composed.stopAndStart(container);
      say(`${service} ended within ${seconds(stopped)} and was healthy again after ${seconds(back)}`);
    }
  },
};

/** Every container of ours is replaced by one of the next version, by the script that an operator runs. */
export const upgradeOfEach: Fault<Composed> = {
  name: 'upgrade:each container',
  lastsMs: 180_000,
  strike: async (composed) => {
    const began = Date.now();
    const replaced = (await composed.upgrade()).split('\n').filter((line) => line.endsWith('was replaced')).length;
    say(`${replaced} containers were replaced within ${seconds(Date.now() - began)}`);
  },
};
