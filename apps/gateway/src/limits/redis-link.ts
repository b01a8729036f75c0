import { CONFIG, Health, redisRetryMs } from '@atrium/service-kit';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Config } from '../config.ts';

/**
 * The connection to Redis. Nothing the gateway keeps there is needed to serve: commands fail at once instead of
 * queueing while it is away.
 */
@Injectable()
export class RedisLink implements OnModuleDestroy {
  readonly redis: Redis;
  private readonly logger = new Logger('redis');

  constructor(@Inject(CONFIG) config: Config, health: Health) {
    this.redis = new Redis(config.REDIS_URL, {
      enableOfflineQueue: false,
      enableAutoPipelining: true,
      maxRetriesPerRequest: 0,
      commandTimeout: 500,
      connectTimeout: 2000,
      retryStrategy: redisRetryMs,
    });
    let lastMessage = '';
    this.redis.on('error', (error: Error) => {
      if (error.message !== lastMessage) this.logger.warn(error.message);
      lastMessage = error.message;
    });
    this.redis.on('ready', () => {
      lastMessage = '';
    });
    health.register('redis', () => (this.isReady() ? Promise.resolve() : Promise.reject(new Error('not connected'))), { optional: true });
  }

  isReady(): boolean {
    return this.redis.status === 'ready';
  }

  onModuleDestroy(): void {
    this.redis.disconnect();
  }
}
