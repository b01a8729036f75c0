/** The thread of `watchLoop`. */
import { writeSync } from 'node:fs';
import { Session, type Debugger } from 'node:inspector';
import { workerData } from 'node:worker_threads';
import type { Watch } from './watchdog.ts';

const TURN_MS = 1000;
/** A loop that hangs in native code cannot say where. */
const STACK_WITHIN_MS = 3000;

const { service, limitSeconds, beats } = workerData as Watch;
let seen = 0;
let turnsWithout = 0;

const turns = setInterval(() => {
  const now = Atomics.load(beats, 0);
  turnsWithout = now === seen ? turnsWithout + 1 : 0;
  seen = now;
  if (turnsWithout < limitSeconds) return;
  clearInterval(turns);
  whereItIs(end);
}, TURN_MS);

function end(stack: string): void {
  tell(`the event loop has not turned for ${limitSeconds} s: this process ends itself`, stack);
  process.kill(process.pid, 'SIGKILL');
  // Still here after that: the kernel spares the first process of a container.
  setTimeout(() => tell('this process cannot end itself, being the first of its container: run it under an init', ''), TURN_MS);
}

/** Asks the main thread's debugger, which interrupts even a loop that never ends. */
function whereItIs(done: (stack: string) => void): void {
  const session = new Session();
  const scripts = new Map<string, string>();
  const late = setTimeout(() => done('in native code'), STACK_WITHIN_MS);
  session.connectToMainThread();
  session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url));
  session.once('Debugger.paused', ({ params }) => {
    clearTimeout(late);
    done(params.callFrames.map((frame) => placeOf(frame, scripts)).join('\n'));
  });
  session.post('Debugger.enable', () => session.post('Debugger.pause'));
}

function placeOf({ functionName, location }: Debugger.CallFrame, scripts: Map<string, string>): string {
  return `    at ${functionName || '<anonymous>'} (${scripts.get(location.scriptId) ?? '?'}:${location.lineNumber + 1})`;
}

/** In the form of the process's other lines; written here, since the logger's thread hangs. */
function tell(msg: string, stack: string): void {
  const line = { level: 'fatal', time: new Date().toISOString(), service, pid: process.pid, context: 'watchdog', msg, stack };
  writeSync(1, `${JSON.stringify(line)}\n`);
}
