import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TemporaryFolders } from './temporary-folders.ts';

describe('temporary folders', () => {
  let directory: string;
  let folders: TemporaryFolders;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'folders-spec-'));
    folders = new TemporaryFolders('probe', directory);
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** A folder as the process `pid` would have made it. */
  async function madeBy(pid: number, born?: string): Promise<string> {
    const own = await folders.make();
    const [purpose, host, , ownBorn] = own.slice(directory.length + 1).split('-');
    rmSync(own, { recursive: true });
    const path = join(directory, [purpose, host, pid, born ?? ownBorn, 'abcdef'].join('-'));
    mkdirSync(path);
    writeFileSync(join(path, 'file'), 'x');
    return path;
  }

  it('of a process that is gone are swept', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    const left = await madeBy(child.pid!);
    await folders.sweep();
    expect(existsSync(left)).toBe(false);
  });

  it('of an earlier process with the id of a living one are swept', async () => {
    const left = await madeBy(process.pid, '1');
    await folders.sweep();
    expect(existsSync(left)).toBe(false);
  });

  it('of living processes stay, and what is not theirs', async () => {
    const own = await folders.make();
    const other = join(directory, 'other-folder');
    mkdirSync(other);
    await folders.sweep();
    expect([existsSync(own), existsSync(other)]).toEqual([true, true]);
  });

  it('of another host are swept after a day', async () => {
    const [young, old] = ['probe-00000000-1-1-abcdef', 'probe-abcdef'].map((name) => join(directory, name));
    for (const path of [young!, old!]) mkdirSync(path);
    const before = Date.now() / 1000 - 25 * 3600;
    utimesSync(old!, before, before);
    await folders.sweep();
    expect([existsSync(young!), existsSync(old!)]).toEqual([true, false]);
  });
});
