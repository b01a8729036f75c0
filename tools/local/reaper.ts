/**
 * Outlives the supervisor by a moment. Its stdin is a pipe that the supervisor holds open and never
 * writes to; when it ends while stack.json still stands, the supervisor was killed, and what it left
 * running is ended. After an orderly stop the file is gone and there is nothing to do.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './processes.ts';
import { endLeftovers, readStackFile } from './stack-file.ts';

const path = process.argv[2];
if (!path) throw new Error('usage: node tools/local/reaper.ts <stack.json>');

// A signal meant for the whole terminal must not end the one process that cleans up.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);

process.stdin.resume();
process.stdin.once('close', async () => {
  // The pipe closes while the supervisor is still being torn down.
  for (let tries = 0; tries < 50; tries += 1) {
    const stack = readStackFile(path);
    if (!stack || !isAlive(stack.supervisor)) break;
    await sleep(20);
  }
  await endLeftovers(path);
});
