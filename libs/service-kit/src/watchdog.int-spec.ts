import { aNats, aProcess, cleanUp, waitFor, type TestNats, type TestProcess } from '@atrium/testing';
import { fileURLToPath } from 'node:url';

const BLOCKABLE = fileURLToPath(new URL('../test/blockable.ts', import.meta.url));
const LIMIT_SECONDS = 2;

describe('a process', () => {
  let nats: TestNats;
  beforeAll(async () => {
    nats = await aNats();
  });
  afterAll(cleanUp);

  async function started(environment: Record<string, string> = {}): Promise<TestProcess> {
    const child = aProcess(BLOCKABLE, { ...nats.as('test'), WATCHDOG_SECONDS: String(LIMIT_SECONDS), ...environment });
    await waitFor(() => child.output().includes('blockable is up'), { withinMs: 20_000, what: 'the process to be up' });
    return child;
  }

  it('ends itself when its event loop is blocked, and says where', async () => {
    const child = await started();
    child.signal('SIGUSR2');
    expect(await child.ended).toEqual({ code: null, signal: 'SIGKILL' });
    const said =
      child
        .output()
        .split('\n')
        .find((line) => line.includes('watchdog')) ?? '';
    expect(JSON.parse(said.slice(said.indexOf('{')))).toMatchObject({
      level: 'fatal',
      service: 'blockable',
      msg: expect.stringContaining(`has not turned for ${LIMIT_SECONDS} s`) as string,
      stack: expect.stringMatching(/at spin .*blockable\.ts/) as string,
    });
  }, 40_000);

  it('goes on when it was stopped for longer than its watchdog waits, and continued', async () => {
    const child = await started();
    child.signal('SIGSTOP');
    const stoppedAt = performance.now();
    await waitFor(() => performance.now() - stoppedAt > LIMIT_SECONDS * 2000, { withinMs: 20_000, what: 'twice the limit to pass' });
    const before = child.output().length;
    child.signal('SIGCONT');
    await waitFor(() => child.output().length > before + 100, { withinMs: 30_000, what: 'a hundred more turns' });
    expect(child.output()).not.toContain('watchdog');
  }, 60_000);

  it('still ends in order when it is asked to', async () => {
    const child = await started();
    child.signal('SIGTERM');
    expect(await child.ended).toEqual({ code: 0, signal: null });
  }, 30_000);
});
