import { Logger } from '@nestjs/common';

const GIVE_UP_AFTER_MS = 8000;
const PARENT_CHECK_MS = 1000;

/**
 * Ends the process once, in order, on SIGTERM or SIGINT: `stop` drains and closes; a watchdog ends it all when that
 * takes too long. With a parent pid, the parent's end counts as a signal.
 */
export function stopOnSignals(stop: () => Promise<void>, options: { parentPid?: number } = {}): void {
  const logger = new Logger('stop');
  let stopping = false;
  const begin = (reason: string) => {
    if (stopping) return;
    stopping = true;
    logger.log(`stopping: ${reason}`);
    setTimeout(() => {
      logger.error('did not stop in time');
      process.exit(1);
    }, GIVE_UP_AFTER_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => begin('SIGTERM'));
  process.on('SIGINT', () => begin('SIGINT'));
  if (options.parentPid) watchParent(options.parentPid, () => begin('the parent process is gone'));
}

function watchParent(pid: number, gone: () => void): void {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      gone();
    }
  }, PARENT_CHECK_MS).unref();
}
