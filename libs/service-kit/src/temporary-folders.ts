import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Process ids mean nothing on another host, such as a container that shares the folder. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/**
 * Folders of this process under the system's temporary directory. Their names tell whose they are, so that what a
 * killed process left behind can be swept without touching those of one that lives.
 */
export class TemporaryFolders {
  /** @param purpose the beginning of their names */
  constructor(
    private readonly purpose: string,
    private readonly directory = tmpdir(),
  ) {}

  async make(): Promise<string> {
    return mkdtemp(join(this.directory, `${this.purpose}-${HOST}-${process.pid}-${bornAt(process.pid)}-`));
  }

  /** Removes the folders of processes that are gone; those of other hosts, or of no known form, after a day. */
  async sweep(): Promise<void> {
    const names = (await readdir(this.directory)).filter((name) => name.startsWith(`${this.purpose}-`));
    for (const name of names) {
      const path = join(this.directory, name);
      if (await this.isLeftover(name, path)) await rm(path, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  private async isLeftover(name: string, path: string): Promise<boolean> {
    const [host, pid, born] = name.slice(this.purpose.length + 1).split('-');
    if (host === HOST && pid && born) return bornAt(Number(pid)) !== born;
    // Another process may have removed it meanwhile.
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    return age > DAY_MS;
  }
}

/** When a process began, which tells it from a later one of the same id; where the system does not say, that it is there. */
function bornAt(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') return process.kill(pid, 0) ? 'running' : undefined;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // `pid (name) state …`: the name may hold spaces and brackets; the 22nd field is the start.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
