import { Injectable, Logger } from '@nestjs/common';
import type { BucketRule, Count, WindowRule } from './counter.ts';
import { MemoryCounter } from './memory-counter.ts';
import { RedisCounter } from './redis-counter.ts';
import { RedisLink } from './redis-link.ts';

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
