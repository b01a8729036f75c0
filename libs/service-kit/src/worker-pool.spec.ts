import { WorkerPool } from './worker-pool.ts';

function poolOf(due: string[], handle: (taken: string) => Promise<void>) {
  const warnings: string[] = [];
  const logger = { warn: (text: string) => void warnings.push(text) };
  const take = () => Promise.resolve(due.shift());
  return { pool: new WorkerPool({ take, handle }, { everyMs: 1, sideBySide: 2, logger, onFailure: 'the rest waits' }), warnings };
}

describe('a pool of workers', () => {
  it('does what is due beside something that takes long, with so many workers and no more', async () => {
    const gate = Promise.withResolvers<void>();
    const quick = Promise.withResolvers<void>();
    const begun: string[] = [];
    const { pool } = poolOf(['long', 'a', 'long', 'b'], (taken) => {
      begun.push(taken);
      if (begun.length === 3) quick.resolve();
      return taken === 'long' ? gate.promise : Promise.resolve();
    });
    pool.start();
    await quick.promise;
    pool.wake();
    expect(begun).toEqual(['long', 'a', 'long']);
    gate.resolve();
    await pool.stop();
  });

  it('goes on with what else is due after a failure, and says why', async () => {
    const done = Promise.withResolvers<void>();
    const { pool, warnings } = poolOf(['bad', 'good'], (taken) => {
      if (taken === 'bad') return Promise.reject(new Error('refused'));
      done.resolve();
      return Promise.resolve();
    });
    pool.start();
    await done.promise;
    await pool.stop();
    expect(warnings).toEqual(['the rest waits: refused']);
  });

  it('that is stopped finishes what it took and takes nothing more', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const due = ['a', 'b', 'c'];
    const done: string[] = [];
    const { pool } = poolOf(due, async (taken) => {
      if (taken === 'b') begun.resolve();
      await gate.promise;
      done.push(taken);
    });
    pool.wake();
    await begun.promise;
    const stopping = pool.stop();
    gate.resolve();
    await stopping;
    expect(done.sort()).toEqual(['a', 'b']);
    expect(due).toEqual(['c']);
  });
});
