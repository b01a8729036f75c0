import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from '@atrium/testing';
import { fetchedServers } from '../../tools/local/paths.ts';
import { Refusal } from '../../tools/local/refusal.ts';
import { hasApt, unpackFromApt } from '../../tools/local/servers/apt.ts';

const run = promisify(execFile);
const PACKAGES = ['docker.io', 'docker-compose', 'debootstrap', 'iptables'];
/** Debian chooses between two by links that only an installation makes. */
const LINKED = ['iptables', 'iptables-save', 'iptables-restore', 'ip6tables', 'ip6tables-save', 'ip6tables-restore'];
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** The engine's programs, unpacked and not installed. */
async function programs(report: (line: string) => void): Promise<string> {
  const final = join(fetchedServers, 'docker-engine');
  if (existsSync(final)) return final;
  if (!hasApt())
    throw new Refusal('An engine is fetched with apt-get, which this machine does not have: the compose file cannot be run here.');
  report("fetching Docker's engine from the system's package archive");
  await mkdir(fetchedServers, { recursive: true });
  const work = await mkdtemp(join(fetchedServers, '.docker-engine-'));
  try {
    const tree = await unpackFromApt(PACKAGES, work);
    for (const name of LINKED) await symlink('xtables-nft-multi', join(tree, 'usr/sbin', name));
    await rename(tree, final);
    return final;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A Docker engine of our own: what else runs on this machine is not touched. */
export class Engine {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly debootstrap: string;
  readonly #tree: string;
  /** Not in the folder: the path of a socket must be short. */
  readonly #socket = join(tmpdir(), `atrium-engine-${process.pid}.sock`);
  #daemon: ChildProcess | undefined;

  private constructor(folder: string, tree: string) {
    this.folder = folder;
    this.#tree = tree;
    const inTree = (path: string) => join(tree, path);
    this.debootstrap = inTree('usr/sbin/debootstrap');
    this.env = {
      ...process.env,
      PATH: `${inTree('usr/bin')}:${inTree('usr/sbin')}:${inTree('sbin')}:${process.env['PATH']}`,
      LD_LIBRARY_PATH: inTree('usr/lib/x86_64-linux-gnu'),
      XTABLES_LIBDIR: inTree('usr/lib/x86_64-linux-gnu/xtables'),
      PYTHONPATH: inTree('usr/lib/python3/dist-packages'),
      DEBOOTSTRAP_DIR: inTree('usr/share/debootstrap'),
      DOCKER_HOST: `unix://${this.#socket}`,
      DOCKER_BUILDKIT: '1',
    };
  }

  /** Not started yet, so that whoever made it can see to its end first. @param folder keeps images between runs */
  static async in(folder: string, report: (line: string) => void): Promise<Engine> {
    if (process.getuid?.() !== 0)
      throw new Refusal('An engine runs as root: run this as root, in a container or on a machine that is yours.');
    await mkdir(folder, { recursive: true });
    return new Engine(folder, await programs(report));
  }

  async start(): Promise<void> {
    await this.#endLeftover();
    const log = openSync(join(this.folder, 'engine.log'), 'w');
    const at = (name: string) => join(this.folder, name);
    // An engine that was ended while it made a network does not start again; every run makes its own.
    await rm(at('data/network'), { recursive: true, force: true });
    const args = ['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('engine.pid'), '--host', `unix://${this.#socket}`];
    const daemon = spawn(join(this.#tree, 'usr/sbin/dockerd'), args, { env: this.env, stdio: ['ignore', log, log] });
    this.#daemon = daemon;
    const answers = () =>
      this.docker(['info']).then(
        () => true,
        () => false,
      );
    await waitFor(async () => daemon.exitCode !== null || (await answers()), { withinMs: 60_000, what: 'the engine to answer' });
    if (daemon.exitCode !== null)
      throw new Refusal(`The engine does not start on this machine, so the compose file cannot be run here; ${at('engine.log')} says why.`);
  }

  /** The engine of a run that was cut off. */
  async #endLeftover(): Promise<void> {
    const pid = Number(await readFile(join(this.folder, 'engine.pid'), 'utf8').catch(() => '0'));
    const runs = async () => (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(join(this.folder, 'data'));
    if (!(await runs())) return;
    process.kill(pid, 'SIGTERM');
    await waitFor(async () => !(await runs()), { withinMs: 60_000, what: 'the engine of an earlier run to end' });
  }

  docker(args: string[]): Promise<string> {
    return this.#run('docker', args);
  }

  /** @param settings what the compose files ask for, before what the `.env` says */
  compose(args: string[], settings: Record<string, string> = {}): Promise<string> {
    return this.#run('docker-compose', args, settings);
  }

  /** Runs a script of the repository, which finds `docker` on its path. @returns what it prints */
  async script(path: string, settings: Record<string, string>): Promise<string> {
    const { stdout } = await run('sh', [path], { env: { ...this.env, ...settings }, maxBuffer: MOST_OUTPUT_BYTES });
    return stdout.trim();
  }

  async #run(program: string, args: string[], settings: Record<string, string> = {}): Promise<string> {
    const env = { ...this.env, ...settings };
    const { stdout } = await run(join(this.#tree, 'usr/bin', program), args, { env, maxBuffer: MOST_OUTPUT_BYTES });
    return stdout.trim();
  }

  async stop(): Promise<void> {
    const daemon = this.#daemon;
    if (!daemon || daemon.exitCode !== null) return;
    const ended = new Promise((resolve) => daemon.once('exit', resolve));
    daemon.kill('SIGTERM');
    await ended;
  }
}
