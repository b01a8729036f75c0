import { Logger } from '@nestjs/common';
import type { Redis, RedisOptions } from 'ioredis';

/** How long to wait before Redis is tried again: soon at first, then every two seconds for as long as it takes. */
export const redisRetryMs = (attempt: number): number => Math.min(100 * 2 ** attempt, 2000);

/** A connection for what a service can do without: commands fail at once instead of queueing while Redis is away. */
export const dispensableRedis = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 2000,
  commandTimeout: 500,
  retryStrategy: redisRetryMs,
} as const satisfies RedisOptions;

/**
 * Logs each outage once, and its end. Without a listener a lost connection would be an uncaught error.
 * @param meanwhile what is so while Redis is away
 */
export function logOutages(redis: Redis, meanwhile: string): Redis {
  const logger = new Logger('redis');
  let isLogged = false;
  redis.on('error', (error: Error) => {
    if (!isLogged) logger.warn(`Redis is away, ${meanwhile}: ${error.message}`);
    isLogged = true;
  });
  redis.on('ready', () => {
    if (isLogged) logger.log('Redis is back');
    isLogged = false;
  });
  return redis;
}
