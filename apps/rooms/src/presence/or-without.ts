import { Logger } from '@nestjs/common';

const logger = new Logger('redis');

/** What Redis answers, or `fallback` while it is away: chat goes on without presence and typing. */
export async function orWithout<T>(fallback: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    logger.debug(`without Redis: ${(error as Error).message}`);
    return fallback;
  }
}
