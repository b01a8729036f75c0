import { Logger } from '@nestjs/common';
import type { Redis, RedisOptions } from 'ioredis';
import { z } from 'zod';

const SENTINELS = /^(rediss?)\+sentinel:\/\/(?:([^:@/]*):([^@/]*)@)?([^/?#]+)\/([^/?#]+)$/;
const DEFAULT_PORT = 6379;
const SENTINEL_PORT = 26379;

/** What `REDIS_URL` may be: one server, or the Sentinels that know which of several is the primary. */
export const RedisUrl = z.string().refine(isRedisAddress, {
  error:
    'must be redis://user:password@host:port, or redis+sentinel://user:password@host:port,host:port/name (rediss for an encrypted connection)',
});

function isRedisAddress(url: string): boolean {
  return SENTINELS.test(url) || (URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol));
}

/**
 * How ioredis and BullMQ come to what a `RedisUrl` names. User and password are those of Redis; Sentinels are asked
 * without any, on a network that is not everybody's.
 */
export function redisAddress(url: string): RedisOptions {
  const [, protocol, username = '', password = '', hosts = '', name] = SENTINELS.exec(url) ?? [];
  const as = (user: string, secret: string): RedisOptions => ({
    ...(user && { username: decodeURIComponent(user) }),
    ...(secret && { password: decodeURIComponent(secret) }),
  });
  if (name !== undefined) {
    const sentinels = hosts.split(',').map((one) => hostAndPort(new URL(`redis://${one.trim()}`), SENTINEL_PORT));
    const encrypted = protocol === 'rediss' ? { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true } : {};
    return { sentinels, name: decodeURIComponent(name), sentinelRetryStrategy: redisRetryMs, ...encrypted, ...as(username, password) };
  }
  const one = new URL(url);
  const database = Number(one.pathname.slice(1) || 0);
  return {
    ...hostAndPort(one, DEFAULT_PORT),
    ...as(one.username, one.password),
    ...(database > 0 && { db: database }),
    ...(one.protocol === 'rediss:' && { tls: {} }),
  };
}

/** Addresses of IPv6 stand in brackets in a URL alone. */
const hostAndPort = ({ hostname, port }: URL, standard: number) => ({
  host: hostname.replace(/^\[|\]$/g, ''),
  port: Number(port || standard),
});

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
