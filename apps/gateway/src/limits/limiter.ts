import { Injectable, Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisLink } from './redis-link.ts';

/** Where a limit stands after one more was counted. */
export type Count = { allowed: boolean; remaining: number; resetSeconds: number };
/** `limit` per window; the window begins with its first hit. */
export type WindowRule = { limit: number; windowSeconds: number };
/** A bucket of `burst`, refilled at `perSecond`. */
export type BucketRule = { burst: number; perSecond: number };

export interface Counter {
  hitWindow(key: string, rule: WindowRule): Promise<Count>;
  hitBucket(key: string, rule: BucketRule): Promise<Count>;
}

type Slot = { value: number; expiresAt: number };
const MAX_KEYS = 50_000;

/** Counts for this process alone: what is left when Redis is away. */
export class MemoryCounter implements Counter {
  private readonly slots = new Map<string, Slot>();

  constructor(private readonly now: () => number = Date.now) {}

  hitWindow(key: string, rule: WindowRule): Promise<Count> {
    return Promise.resolve(this.countInWindow(key, rule));
  }

  hitBucket(key: string, rule: BucketRule): Promise<Count> {
    return Promise.resolve(this.takeFromBucket(key, rule));
  }

  private countInWindow(key: string, { limit, windowSeconds }: WindowRule): Count {
    const now = this.now();
    const slot = this.slot(key, { value: 0, expiresAt: now + windowSeconds * 1000 });
    slot.value++;
    return {
      allowed: slot.value <= limit,
      remaining: Math.max(0, limit - slot.value),
      resetSeconds: Math.ceil((slot.expiresAt - now) / 1000),
    };
  }

  /** GCRA: one number per key, the time at which the bucket will be full again. */
  takeFromBucket(key: string, { burst, perSecond }: BucketRule): Count {
    const now = this.now();
    const costMs = 1000 / perSecond;
    const slot = this.slot(key, { value: now, expiresAt: now });
    const fullAt = Math.max(slot.value, now) + costMs;
    const waitMs = fullAt - now - burst * costMs;
    if (waitMs > 0) return { allowed: false, remaining: 0, resetSeconds: Math.ceil(waitMs / 1000) };
    slot.value = fullAt;
    slot.expiresAt = fullAt;
    return { allowed: true, remaining: Math.max(0, Math.floor(-waitMs / costMs)), resetSeconds: Math.ceil((fullAt - now) / 1000) };
  }

  private slot(key: string, fresh: Slot): Slot {
    const found = this.slots.get(key);
    if (found && found.expiresAt > this.now()) return found;
    if (this.slots.size >= MAX_KEYS) this.slots.delete(this.slots.keys().next().value!);
    this.slots.delete(key);
    this.slots.set(key, fresh);
    return fresh;
  }
}

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

/** Counts in Redis for all gateways, and in this process alone while Redis is away. */
@Injectable()
export class Limiter {
  private readonly logger = new Logger('limits');
  private readonly shared: RedisCounter;
  private readonly own = new MemoryCounter();

  constructor(private readonly link: RedisLink) {
    this.shared = new RedisCounter(link.redis);
  }

  hitWindow(key: string, rule: WindowRule): Promise<Count> {
    return this.count(
      () => this.shared.hitWindow(key, rule),
      () => this.own.hitWindow(key, rule),
    );
  }

  hitBucket(key: string, rule: BucketRule): Promise<Count> {
    return this.count(
      () => this.shared.hitBucket(key, rule),
      () => this.own.hitBucket(key, rule),
    );
  }

  private async count(shared: () => Promise<Count>, own: () => Promise<Count>): Promise<Count> {
    if (!this.link.isReady()) return own();
    try {
      return await shared();
    } catch (error) {
      this.logger.warn(`counting in this process alone: ${(error as Error).message}`);
      return own();
    }
  }
}
