import { Refusal } from './refusal.ts';
import type { Stack } from './stack.ts';

/** Says what went wrong: one sentence when it is a refusal, everything when it is a bug. */
export function fail(error: unknown): void {
  const text = error instanceof Refusal ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`\n${text}\n`);
}

/** Runs a command to its end; what the person at the keyboard can mend is told without a stack trace. */
export async function program(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    fail(error);
    process.exitCode = 1;
  } finally {
    // The channel to the bootstrap would keep us alive.
    process.disconnect?.();
  }
}

/**
 * Runs a stack for as long as this process lives: `work` brings it up, a signal (or the end of the
 * process that started us) takes it down again, and so does a failure on the way up.
 */
export async function liveWith(stack: Stack, work: () => Promise<void>): Promise<void> {
  let ending = false;
  const end = (code: number) => {
    if (ending) return;
    ending = true;
    stack.stop().then(
      () => process.exit(code),
      (error: unknown) => {
        fail(error);
        process.exit(1);
      },
    );
  };
  const stopOnPurpose = () => {
    if (!ending) process.stdout.write('\n  stopping; the data stays\n');
    end(0);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stopOnPurpose);
  // Started by the bootstrap, which holds a channel to us: without it nobody could stop us any more.
  process.once('disconnect', stopOnPurpose);
  try {
    await work();
  } catch (error) {
    // A failure that the stop itself caused is no news.
    if (ending) return;
    fail(error);
    end(1);
  }
}
