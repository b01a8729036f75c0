import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeLock } from './lock.ts';
import type { ProcessSpec } from './managed-process.ts';
import { freePort } from './ports.ts';
import { isAlive } from './processes.ts';
import { Refusal } from './refusal.ts';
import { readStackFile, type StackProcess } from './stack-file.ts';
import { Supervisor } from './supervisor.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-supervisor-'));
  file = join(folder, 'stack.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function until<T>(condition: () => T | undefined | false, withinMs = 8000): Promise<T> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(20)) {
    const value = condition();
    if (value) return value;
  }
  throw new Error('it did not happen in time');
}

const serving = (port: number) => `require('http').createServer((_, r) => r.end()).listen(${port}, '127.0.0.1')`;

async function aSpec(name: string, code: (port: number) => string = serving): Promise<ProcessSpec> {
  const port = await freePort();
  return {
    name,
    kind: 'service',
    command: process.execPath,
    args: ['-e', code(port)],
    env: {},
    log: join(folder, `${name}.log`),
    ports: [port],
    stopSignal: 'SIGTERM',
    isReady: async () => (await fetch(`http://127.0.0.1:${port}`)).ok,
  };
}

const listed = (name: string): StackProcess | undefined => readStackFile(file)?.processes.find((entry) => entry.name === name);

describe('a supervisor', () => {
  it('leaves a process ended that was halted, and starts it again when it is resumed', async () => {
    const supervisor = new Supervisor(file, () => undefined);
    await supervisor.start(await aSpec('ann'), 8000);
    const before = listed('ann')!;
    await supervisor.halt('ann');
    expect(isAlive(before)).toBe(false);
    expect(listed('ann')).toMatchObject({ status: 'stopped', pid: 0 });
    await supervisor.resume('ann', 8000);
    expect(listed('ann')).toMatchObject({ status: 'ready', restarts: 0 });
    expect(listed('ann')!.pid).not.toBe(before.pid);
    await supervisor.stop();
  });

  it('gives the name of a process that it removed to another', async () => {
    const supervisor = new Supervisor(file, () => undefined);
    await supervisor.start(await aSpec('ann'), 8000);
    const before = listed('ann')!;
    await supervisor.remove('ann');
    expect([isAlive(before), listed('ann')]).toEqual([false, undefined]);
    const other = await aSpec('ann');
    await supervisor.start(other, 8000);
    expect(listed('ann')).toMatchObject({ status: 'ready', ports: other.ports });
    await supervisor.stop();
  });

  it('lists every process as it is now, and nothing after the end', async () => {
    const supervisor = new Supervisor(file, () => undefined);
    await supervisor.start(await aSpec('ann'), 8000);
    const ann = listed('ann');
    expect(ann).toMatchObject({ status: 'ready', restarts: 0 });
    await supervisor.stop();
    expect(ann && isAlive(ann)).toBe(false);
    expect(existsSync(file)).toBe(false);
  });

  it('starts a killed process again and says so in one line', async () => {
    const lines: string[] = [];
    const supervisor = new Supervisor(file, (line) => lines.push(line));
    await supervisor.start(await aSpec('ann'), 8000);
    process.kill(listed('ann')?.pid ?? 0, 'SIGKILL');
    await until(() => listed('ann')?.restarts === 1 && listed('ann')?.status === 'ready');
    expect(lines).toEqual(['ann ended (SIGKILL); starting it again in 0.3 s']);
    await supervisor.stop();
  });

  it('kills a frozen process that stopped answering, and starts it again', async () => {
    const lines: string[] = [];
    const supervisor = new Supervisor(file, (line) => lines.push(line));
    const spec = await aSpec('ann');
    const answers = async () => (await fetch(`http://127.0.0.1:${spec.ports[0]}`, { signal: AbortSignal.timeout(200) })).ok;
    await supervisor.start({ ...spec, liveness: { answers, everyMs: 50 } }, 8000);
    process.kill(listed('ann')?.pid ?? 0, 'SIGSTOP');
    await until(() => listed('ann')?.restarts === 1 && listed('ann')?.status === 'ready');
    expect(lines).toEqual(['ann did not answer 3 times: ending it', 'ann ended (SIGKILL); starting it again in 0.3 s']);
    await supervisor.stop();
  });

  it('keeps trying when what a restart needs cannot be made ready at first', async () => {
    const lines: string[] = [];
    const supervisor = new Supervisor(file, (line) => lines.push(line));
    let preparations = 0;
    const prepare = () => (++preparations === 2 ? Promise.reject(new Error('the disk is full')) : Promise.resolve());
    await supervisor.start({ ...(await aSpec('ann')), prepare }, 8000);
    process.kill(listed('ann')?.pid ?? 0, 'SIGKILL');
    await until(() => preparations === 3 && listed('ann')?.status === 'ready');
    expect(lines).toEqual([
      'ann ended (SIGKILL); starting it again in 0.3 s',
      'ann cannot be started (the disk is full); trying again in 0.6 s',
    ]);
    await supervisor.stop();
  });

  it('gives up on a process that never gets up, and shows the end of its log', async () => {
    const supervisor = new Supervisor(file, () => undefined);
    const broken = await aSpec('bob', () => `console.error('no configuration'); process.exit(1)`);
    await expect(supervisor.start(broken, 8000)).rejects.toThrow(/bob ends as soon as it is started[^]*no configuration/);
    await supervisor.stop();
  });

  it('forces a process that does not stop when asked', async () => {
    const supervisor = new Supervisor(file, () => undefined);
    await supervisor.start(
      { ...(await aSpec('deaf', (port) => `process.on('SIGTERM', () => 0); ${serving(port)}`)), kind: 'server' },
      8000,
    );
    const deaf = listed('deaf');
    await supervisor.stop();
    expect(deaf && isAlive(deaf)).toBe(false);
  });

  it('leaves nothing running when it is killed itself', async () => {
    const program = join(folder, 'main.ts');
    const spec = await aSpec('orphan');
    const port = spec.ports[0];
    writeFileSync(
      program,
      `import { Supervisor } from ${JSON.stringify(join(import.meta.dirname, 'supervisor.ts'))};
       const spec = ${JSON.stringify(spec)};
       await new Supervisor(${JSON.stringify(file)}, () => undefined).start({ ...spec, isReady: async () => (await fetch('http://127.0.0.1:${port}')).ok }, 8000);`,
    );
    const killed = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], { env: { PATH: process.env['PATH'] } });
    const orphan = await until(() => listed('orphan')?.status === 'ready' && listed('orphan'));
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    await until(() => !isAlive(orphan) && !existsSync(file));
  });
});

describe('the lock of a data folder', () => {
  it('refuses a second stack and names who holds it', () => {
    const release = takeLock(join(folder, 'lock.json'));
    expect(() => takeLock(join(folder, 'lock.json'))).toThrow(Refusal);
    expect(() => takeLock(join(folder, 'lock.json'))).toThrow(`process ${process.pid}`);
    release();
    takeLock(join(folder, 'lock.json'))();
  });

  it('is taken over from a process that is gone', () => {
    writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: process.pid, born: 'long ago' }));
    takeLock(join(folder, 'lock.json'))();
  });
});
