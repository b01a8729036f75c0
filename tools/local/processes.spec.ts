import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { bornAt, endAll, isAlive, markOf, signal, type ProcessMark } from './processes.ts';

/** A process that answers to SIGTERM as told; resolves when it is set up. */
async function aProcess(onTerm: 'stop' | 'ignore'): Promise<{ child: ChildProcess; mark: ProcessMark }> {
  const handler = onTerm === 'stop' ? 'process.exit(0)' : 'undefined';
  const child = spawn(process.execPath, ['-e', `process.on('SIGTERM', () => ${handler}); setInterval(() => 0, 1000); console.log('up')`]);
  await once(child.stdout, 'data');
  const mark = markOf(child.pid ?? 0);
  if (!mark) throw new Error('the process is not in the process table');
  return { child, mark };
}

describe('a marked process', () => {
  it('is alive until it ends', async () => {
    const { child, mark } = await aProcess('stop');
    expect(isAlive(mark)).toBe(true);
    signal(mark, 'SIGTERM');
    await once(child, 'exit');
    expect(isAlive(mark)).toBe(false);
  });

  it('is not taken for a later one that got its pid', async () => {
    const { child, mark } = await aProcess('stop');
    const later = { ...mark, born: `${mark.born}0` };
    expect(isAlive(later)).toBe(false);
    signal(later, 'SIGKILL');
    expect(isAlive(mark)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('is nowhere when there is no such pid', () => {
    expect(bornAt(2 ** 22 + 1)).toBeUndefined();
  });
});

describe('ending processes', () => {
  it('asks first and forces those that do not listen', async () => {
    const [willing, deaf] = await Promise.all([aProcess('stop'), aProcess('ignore')]);
    const ends = Promise.all([once(willing.child, 'exit'), once(deaf.child, 'exit')]);
    await endAll(
      [willing, deaf].map(({ mark }) => ({ ...mark, stopSignal: 'SIGTERM' as const })),
      500,
    );
    const [[willingCode], [, deafSignal]] = await ends;
    expect(willingCode).toBe(0);
    expect(deafSignal).toBe('SIGKILL');
  });
});
