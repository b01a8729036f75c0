import type { Redis } from 'ioredis';
import type { BucketRule, Count, Counter, WindowRule } from './counter.ts';

const HIT_WINDOW = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('PTTL', KEYS[1])}`;

/** GCRA with the server's clock, so that gateways whose clocks differ count alike. Times in microseconds. */
const HIT_BUCKET = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local cost = tonumber(ARGV[1])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now) + cost
local wait = full - now - tonumber(ARGV[2]) * cost
if wait > 0 then return {0, wait, full - now} end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
return {1, wait, full - now}`;

/** Counts for all gateways together. */
export class RedisCounter implements Counter {
  constructor(private readonly redis: Redis) {}

  async hitWindow(key: string, { limit, windowSeconds }: WindowRule): Promise<Count> {
    const [count, ttlMs] = (await this.redis.eval(HIT_WINDOW, 1, key, windowSeconds * 1000)) as [number, number];
    return { allowed: count <= limit, remaining: Math.max(0, limit - count), resetSeconds: Math.max(1, Math.ceil(ttlMs / 1000)) };
  }

  async hitBucket(key: string, { burst, perSecond }: BucketRule): Promise<Count> {
    const cost = Math.round(1_000_000 / perSecond);
    const [allowed, wait, untilFull] = (await this.redis.eval(HIT_BUCKET, 1, key, cost, burst)) as [number, number, number];
    if (allowed === 0) return { allowed: false, remaining: 0, resetSeconds: Math.ceil(wait / 1_000_000) };
    return { allowed: true, remaining: Math.max(0, Math.floor(-wait / cost)), resetSeconds: Math.ceil(untilFull / 1_000_000) };
  }
}
