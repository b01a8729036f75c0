import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ManagedProcess, type ProcessSpec } from './managed-process.ts';
import { markOf } from './processes.ts';
import { Refusal } from './refusal.ts';
import { removeStackFile, writeStackFile, type StackFile } from './stack-file.ts';

const SERVICE_GRACE_MS = 5_500;
const SERVER_GRACE_MS = 3_000;

/** The processes of one stack, and the file that tells others about them. */
export class Supervisor {
  readonly #file: string;
  readonly #report: (line: string) => void;
  readonly #processes: ManagedProcess[] = [];
  readonly #reaper: ChildProcess;
  readonly #mark;
  #status: StackFile['status'] = 'starting';
  #stopped: Promise<void> | undefined;
  url = '';
  env: Record<string, string> = {};

  constructor(file: string, report: (line: string) => void) {
    this.#file = file;
    this.#report = report;
    const mark = markOf(process.pid);
    if (!mark) throw new Error('this process cannot be found in the process table');
    this.#mark = mark;
    this.#write();
    this.#reaper = spawn(process.execPath, [join(import.meta.dirname, 'reaper.ts'), file], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#reaper.unref();
  }

  /** Starts one process and resolves when it is ready. It is kept running until `stop`. */
  async start(spec: ProcessSpec, withinMs: number): Promise<void> {
    if (this.#stopped) throw new Refusal('Stopped while it was starting.');
    const managed = new ManagedProcess(spec, { changed: () => this.#write(), report: this.#report });
    this.#processes.push(managed);
    await managed.start(withinMs);
  }

  async restart(name: string, withinMs: number): Promise<void> {
    if (!this.#stopped) await this.#find(name).restart(withinMs);
  }

  /** Ends one process, which stays listed and ended until `resume`. */
  async halt(name: string): Promise<void> {
    await this.#find(name).halt(SERVICE_GRACE_MS);
  }

  /** Ends one process for good, so that another may have its name. */
  async remove(name: string): Promise<void> {
    const managed = this.#find(name);
    await managed.halt(SERVICE_GRACE_MS);
    this.#processes.splice(this.#processes.indexOf(managed), 1);
    this.#write();
  }

  async resume(name: string, withinMs: number): Promise<void> {
    if (!this.#stopped) await this.#find(name).resume(withinMs);
  }

  #find(name: string): ManagedProcess {
    const found = this.#processes.find((managed) => managed.name === name);
    if (!found) throw new Error(`no process is called ${name}`);
    return found;
  }

  markReady(): void {
    this.#status = 'ready';
    this.#write();
  }

  /** Ends everything, services before the servers they use; whoever asks again waits for the same end. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    this.#status = 'stopping';
    this.#write();
    const ofKind = (kind: ProcessSpec['kind']) => this.#processes.filter((managed) => managed.kind === kind);
    await Promise.all(ofKind('service').map((managed) => managed.stop(SERVICE_GRACE_MS)));
    await Promise.all(ofKind('server').map((managed) => managed.stop(SERVER_GRACE_MS)));
    removeStackFile(this.#file);
    this.#reaper.stdin?.end();
  }

  #write(): void {
    writeStackFile(this.#file, {
      status: this.#status,
      url: this.url,
      supervisor: this.#mark,
      processes: this.#processes.map((managed) => managed.describe()),
      env: this.env,
    });
  }
}
