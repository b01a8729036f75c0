import type { Bus } from '@atrium/bus';
import { Health } from './health.ts';

type Checks = Map<string, () => Promise<void>>;
const ok = () => Promise.resolve();
const away = () => Promise.reject(new Error('connection refused'));

function aHealth(dependencies: [string, () => Promise<void>][]) {
  const bus = { dependencies: new Map(dependencies) as Checks, readiness: ok };
  return { bus, health: new Health(bus as unknown as Bus) };
}

describe('Health', () => {
  it('is ready while everything it needs answers', async () => {
    const { health, bus } = aHealth([
      ['nats', ok],
      ['postgres', ok],
    ]);
    expect(await health.report()).toEqual({ ready: true, draining: false, checks: { nats: 'ok', postgres: 'ok' } });
    await expect(bus.readiness()).resolves.toBeUndefined();
  });

  it('is not ready without what it needs, and names it to whoever pings', async () => {
    const { health, bus } = aHealth([
      ['nats', ok],
      ['postgres', away],
    ]);
    expect(await health.report()).toMatchObject({ ready: false, checks: { postgres: 'connection refused' } });
    await expect(bus.readiness()).rejects.toThrow('postgres: connection refused');
  });

  it('reports what is optional without depending on it', async () => {
    const { health, bus } = aHealth([['nats', ok]]);
    health.register('redis', away, { optional: true });
    expect(await health.report()).toMatchObject({ ready: true, checks: { redis: 'connection refused' } });
    await expect(bus.readiness()).resolves.toBeUndefined();
  });

  it('takes no answer for a bad one', async () => {
    const { health } = aHealth([['postgres', () => new Promise(() => undefined)]]);
    expect(await health.report()).toMatchObject({ ready: false, checks: { postgres: 'no answer in time' } });
  });

  it('is not ready while draining', async () => {
    const { health, bus } = aHealth([['nats', ok]]);
    health.startDraining();
    expect((await health.report()).ready).toBe(false);
    await expect(bus.readiness()).rejects.toThrow('draining');
  });
});
