import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { restartDelayMs, STEADY_AFTER_MS } from './backoff.ts';
import { rotate, tail } from './logs.ts';
import { isAlive, markOf, signal, type ProcessMark } from './processes.ts';
import { Refusal } from './refusal.ts';
import type { ProcessKind, StackProcess } from './stack-file.ts';

/** How to run one process of the stack. */
export interface ProcessSpec {
  name: string;
  kind: ProcessKind;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Whom to run it as, when that is not us. */
  uid?: number;
  gid?: number;
  log: string;
  ports: number[];
  healthPort?: number;
  url?: string;
  stopSignal: NodeJS.Signals;
  /** Whether it does its work by now; asked every moment until it does. */
  isReady: () => Promise<boolean>;
  /** How to tell that it still runs, not only exists. */
  liveness?: { answers: () => Promise<boolean>; everyMs: number };
  /** Runs before every start, the restarts too. */
  prepare?: () => Promise<void>;
}

export interface ProcessEvents {
  /** Something that stack.json tells has changed. */
  changed: () => void;
  /** One line for the person who watches. */
  report: (line: string) => void;
}

const LOG_CHECK_MS = 60_000;
const POLL_MS = 60;
/** So many ends before it was ever ready mean that it never will be. */
const HOPELESS_AFTER = 3;
/** One missed answer is a busy machine. */
const MISSES_BEFORE_KILL = 3;

/** One process of the stack: started, watched, started again when it ends by itself, stopped. */
export class ManagedProcess {
  readonly #spec: ProcessSpec;
  readonly #events: ProcessEvents;
  #child: ChildProcess | undefined;
  #mark: ProcessMark | undefined;
  #status: StackProcess['status'] = 'starting';
  #restarts = 0;
  #crashes = 0;
  #everReady = false;
  #stopping = false;
  #retry: NodeJS.Timeout | undefined;
  #logCheck: NodeJS.Timeout | undefined;

  constructor(spec: ProcessSpec, events: ProcessEvents) {
    this.#spec = spec;
    this.#events = events;
  }

  get name(): string {
    return this.#spec.name;
  }

  get kind(): ProcessKind {
    return this.#spec.kind;
  }

  describe(): StackProcess {
    const { name, kind, ports, healthPort, url, log, stopSignal } = this.#spec;
    const mark = this.#mark ?? { pid: 0, born: '' };
    return { name, kind, ...mark, status: this.#status, restarts: this.#restarts, ports, healthPort, url, log, stopSignal };
  }

  /** Starts it and resolves when it is ready; refuses with the end of its log when it does not get there. */
  async start(withinMs: number): Promise<void> {
    this.#keepLogShort();
    await this.#spawn();
    const deadline = Date.now() + withinMs;
    while (this.#status !== 'ready') {
      if (this.#stopping) throw new Refusal(`${this.name} was stopped while it was starting.`);
      if (this.#crashes >= HOPELESS_AFTER || Date.now() > deadline) {
        const why = this.#crashes >= HOPELESS_AFTER ? 'ends as soon as it is started' : `was not ready within ${withinMs / 1000} s`;
        throw new Refusal(`${this.name} ${why}. The end of ${this.#spec.log}:\n${tail(this.#spec.log)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Ends it in order, or by force after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#retry);
    clearInterval(this.#logCheck);
    const mark = this.#mark;
    if (!mark) return;
    signal(mark, this.#spec.stopSignal);
    const deadline = Date.now() + graceMs;
    while (isAlive(mark)) {
      if (Date.now() > deadline) signal(mark, 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Ends it and leaves it so until `resume`. */
  async halt(graceMs: number): Promise<void> {
    await this.stop(graceMs);
    this.#mark = undefined;
    this.#status = 'stopped';
    this.#events.changed();
  }

  /** Stops it and starts it again, as a developer who changed its code wants it. */
  async restart(withinMs: number): Promise<void> {
    await this.stop(4_000);
    await this.resume(withinMs);
  }

  /** Starts it again after a stop. */
  async resume(withinMs: number): Promise<void> {
    this.#stopping = false;
    this.#status = 'restarting';
    this.#crashes = 0;
    await this.start(withinMs);
  }

  #keepLogShort(): void {
    const { log } = this.#spec;
    rotate(log);
    this.#logCheck = setInterval(() => {
      try {
        rotate(log);
      } catch (error) {
        this.#events.report(`the log of ${this.name} cannot be shortened (${(error as Error).message})`);
      }
    }, LOG_CHECK_MS).unref();
  }

  async #spawn(): Promise<void> {
    await this.#spec.prepare?.();
    if (this.#stopping) return;
    const { command, args, env, uid, gid, log } = this.#spec;
    const output = openSync(log, 'a', 0o600);
    // A group of its own: Ctrl-C in the terminal reaches the supervisor alone, which then stops things in order.
    const child = spawn(command, args, { env, uid, gid, cwd: '/', detached: true, stdio: ['ignore', output, output] });
    closeSync(output);
    this.#child = child;
    this.#mark = child.pid === undefined ? undefined : markOf(child.pid);
    child.once('error', (error) => this.#ended(child, error.message));
    child.once('exit', (code, by) => this.#ended(child, by ?? `exit code ${code}`));
    this.#events.changed();
    void this.#watchReadiness(child);
  }

  async #watchReadiness(child: ChildProcess): Promise<void> {
    while (this.#child === child && !this.#stopping) {
      // A refused connection is the ordinary answer of a process that is still starting.
      if (await this.#spec.isReady().catch(() => false)) return this.#becameReady(child);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  #becameReady(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#status = 'ready';
    this.#everReady = true;
    setTimeout(() => {
      if (this.#child === child) this.#crashes = 0;
    }, STEADY_AFTER_MS).unref();
    this.#events.changed();
    void this.#watchLife(child);
  }

  /** A process that is frozen or hangs does not end by itself, and hears no signal but one. */
  async #watchLife(child: ChildProcess): Promise<void> {
    const { liveness } = this.#spec;
    for (let misses = 0; liveness && misses < MISSES_BEFORE_KILL;) {
      await new Promise((resolve) => setTimeout(resolve, liveness.everyMs).unref());
      if (this.#child !== child || this.#stopping) return;
      misses = (await liveness.answers().catch(() => false)) ? 0 : misses + 1;
    }
    if (!liveness || this.#child !== child || this.#stopping) return;
    this.#events.report(`${this.name} did not answer ${MISSES_BEFORE_KILL} times: ending it`);
    child.kill('SIGKILL');
  }

  #ended(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#mark = undefined;
    if (this.#stopping) return;
    this.#status = this.#everReady ? 'restarting' : 'starting';
    this.#startAgain(`ended (${how}); starting it`);
    this.#events.changed();
  }

  #startAgain(what: string): void {
    this.#crashes += 1;
    if (!this.#everReady && this.#crashes >= HOPELESS_AFTER) return;
    const delayMs = restartDelayMs(this.#crashes);
    this.#events.report(`${this.name} ${what} again in ${delayMs / 1000} s`);
    this.#retry = setTimeout(() => void this.#respawn(), delayMs);
  }

  async #respawn(): Promise<void> {
    this.#restarts += 1;
    try {
      await this.#spawn();
    } catch (error) {
      if (!this.#stopping) this.#startAgain(`cannot be started (${(error as Error).message}); trying`);
    }
  }
}
