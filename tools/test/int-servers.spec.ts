import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../local/processes.ts';
import { readStackFile, type StackProcess } from '../local/stack-file.ts';
import { IntServers } from './int-servers.ts';

describe('the servers of the int-tests', () => {
  it('can be stopped in the middle of their start, and leave nothing running', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'atrium-int-servers-'));
    chmodSync(folder, 0o711);
    const file = join(folder, 'stack.json');
    const servers = new IntServers(folder, () => undefined);
    const started = servers.start().then(
      () => 'started',
      (error: Error) => error.message,
    );
    let postgres: StackProcess | undefined;
    while (!postgres?.pid) {
      await sleep(20);
      postgres = readStackFile(file)?.processes.find(({ name }) => name === 'postgres');
    }
    await servers.stop();
    expect(await started).toContain('stopped while it was starting');
    expect(isAlive(postgres)).toBe(false);
    expect(existsSync(file)).toBe(false);
    rmSync(folder, { recursive: true, force: true });
  }, 20_000);
});
