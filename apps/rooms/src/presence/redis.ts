import { redisRetryMs } from '@atrium/service-kit';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';

const logger = new Logger('redis');

/** Redis as presence and typing need it: an answer soon or none, since chat goes on without it. */
export function connectRedis(url: string): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 1000,
    commandTimeout: 500,
    retryStrategy: redisRetryMs,
  });
  let reported = false;
  redis.on('error', (error: Error) => {
    if (!reported) logger.warn(`presence and typing are off: ${error.message}`);
    reported = true;
  });
  redis.on('ready', () => {
    if (reported) logger.log('presence and typing are back');
    reported = false;
  });
  return redis;
}

/** What Redis answers, or `fallback` while it is away; `connectRedis` reports the outage once. */
export async function orWithout<T>(fallback: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    logger.debug(`without Redis: ${(error as Error).message}`);
    return fallback;
  }
}
