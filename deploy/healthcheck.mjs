// Ends with 0 when this container's process says that it may be given work.
//
// Docker restarts what ends and leaves alone what is merely unhealthy. So a process that is there and says nothing at
// all, three times in a row, is killed: its container ends with it, and another is started.
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SILENCES_BEFORE_KILL = 3;
const ANSWER_WITHIN_MS = 3500;

const port = process.env.HEALTH_PORT;
const memory = join(tmpdir(), `atrium-health-${port}.json`);
const ask = (what) => fetch(`http://127.0.0.1:${port}/health/${what}`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });

function remembered() {
  try {
    return JSON.parse(readFileSync(memory, 'utf8'));
  } catch {
    // The first time, or cut off while it was written.
    return { silences: 0 };
  }
}
const remember = (state) => writeFileSync(memory, JSON.stringify(state));

/** Whether it still runs. A refused connection is no silence: it is starting, or has ended. */
async function listenForLife() {
  const { pid, silences } = remembered();
  try {
    const answer = await ask('live');
    remember({ ...(await answer.json()), silences: 0 });
  } catch (error) {
    if (error.name !== 'TimeoutError') return;
    remember({ pid, silences: (silences + 1) % SILENCES_BEFORE_KILL });
    if (pid === undefined || silences + 1 < SILENCES_BEFORE_KILL) return;
    process.stderr.write(`process ${pid} was silent ${SILENCES_BEFORE_KILL} times: ending it\n`);
    process.kill(pid, 'SIGKILL');
  }
}

async function requireReady() {
  const response = await ask('ready');
  if (!response.ok) throw new Error(await response.text());
}

const [, ready] = await Promise.allSettled([listenForLife(), requireReady()]);
if (ready.status === 'rejected') {
  process.stderr.write(`${ready.reason.message}\n`);
  process.exitCode = 1;
}
