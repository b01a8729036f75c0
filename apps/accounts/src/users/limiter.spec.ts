import { Limiter } from './limiter.ts';

/** A task that ends when told. */
function aTask() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { run: () => ended, end };
}
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('Limiter', () => {
  it('runs so many at once, lets so many wait, and turns the rest away', async () => {
    const limiter = new Limiter(2, 1);
    const tasks = [aTask(), aTask(), aTask()];
    let running = 0;
    const all = tasks.map((task) => limiter.run(() => (running++, task.run())));
    await settle();
    expect(running).toBe(2);
    await expect(limiter.run(async () => undefined)).rejects.toMatchObject({ code: 'service_unavailable', data: { retryAfterSeconds: 1 } });
    tasks[0]?.end();
    await settle();
    expect(running).toBe(3);
    for (const task of tasks) task.end();
    await Promise.all(all);
    await expect(limiter.run(async () => 'free again')).resolves.toBe('free again');
  });

  it('gives the place back when a task fails', async () => {
    const limiter = new Limiter(1, 0);
    await expect(limiter.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(limiter.run(async () => 'free')).resolves.toBe('free');
  });
});
