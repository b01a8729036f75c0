import type { BucketRule, Count, Counter, WindowRule } from './counter.ts';

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
