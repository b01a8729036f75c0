import { CONFIG, Health, dispensableRedis, logOutages, redisAddress } from '@atrium/service-kit';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Config } from '../config.ts';

/** The connection to Redis. Nothing the gateway keeps there is needed to serve. */
@Injectable()
export class RedisLink implements OnModuleDestroy {
  readonly redis: Redis;

  constructor(@Inject(CONFIG) config: Config, health: Health) {
    this.redis = new Redis({ ...redisAddress(config.REDIS_URL), ...dispensableRedis, enableAutoPipelining: true });
    logOutages(this.redis, 'this instance counts for itself');
    health.register('redis', () => (this.isReady() ? Promise.resolve() : Promise.reject(new Error('not connected'))), { optional: true });
  }

  isReady(): boolean {
    return this.redis.status === 'ready';
  }

  onModuleDestroy(): void {
    this.redis.disconnect();
  }
}
