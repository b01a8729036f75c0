import type { Bus } from '@atrium/bus';
import { Health } from './health.ts';

const ok = () => Promise.resolve();
const away = () => Promise.reject(new Error('connection refused'));

function aHealth({ connected = true } = {}) {
  return new Health({ isConnected: () => connected } as Bus);
}

describe('the health of a service', () => {
  it('is ready while everything it needs answers', async () => {
    const health = aHealth();
    health.register('postgres', ok);
    expect(await health.report()).toEqual({ ready: true, draining: false, checks: { nats: 'ok', postgres: 'ok' } });
    await expect(health.requireReady()).resolves.toBeUndefined();
  });

  it('is not ready without what it needs, and names it to whoever pings', async () => {
    const health = aHealth();
    health.register('postgres', away);
    expect(await health.report()).toMatchObject({ ready: false, checks: { postgres: 'connection refused' } });
    await expect(health.requireReady()).rejects.toThrow('postgres: connection refused');
  });

  it('is not ready without the bus', async () => {
    const health = aHealth({ connected: false });
    expect(await health.report()).toMatchObject({ ready: false, checks: { nats: 'not connected' } });
  });

  it('reports what is optional without depending on it', async () => {
    const health = aHealth();
    health.register('redis', away, { optional: true });
    expect(await health.report()).toMatchObject({ ready: true, checks: { redis: 'connection refused' } });
    await expect(health.requireReady()).resolves.toBeUndefined();
  });

  it('takes no answer for a bad one', async () => {
    const health = aHealth();
    health.register('postgres', () => new Promise(() => undefined));
    expect(await health.report()).toMatchObject({ ready: false, checks: { postgres: 'no answer in time' } });
  });

  it('is not ready while draining', async () => {
    const health = aHealth();
    health.startDraining();
    expect((await health.report()).ready).toBe(false);
    await expect(health.requireReady()).rejects.toThrow('draining');
  });
});
