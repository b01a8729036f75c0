import { Logger } from '@nestjs/common';

const GIVE_UP_AFTER_MS = 8000;

/**
 * Ends the process once, in order, on SIGTERM or SIGINT: `stop` drains and closes; a watchdog ends it all when that
 * takes too long.
 */
export function stopOnSignals(stop: () => Promise<void>): void {
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
}
