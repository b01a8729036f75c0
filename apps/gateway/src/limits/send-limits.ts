import { AppError } from '@atrium/contracts';
import { CONFIG } from '@atrium/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config.ts';
import { Limiter } from './limiter.ts';

/** Ten in ten seconds for as long as one likes, twenty at once. */
const PER_ROOM = { burst: 20, perSecond: 1 };

/** How fast one person may post in one room, over HTTP and the socket together. */
@Injectable()
export class SendLimits {
  /** Whether limits are lifted; the socket's hot path asks before it makes a promise for nothing. */
  readonly lifted: boolean;

  constructor(
    private readonly limiter: Limiter,
    @Inject(CONFIG) config: Config,
  ) {
    this.lifted = config.ATRIUM_RATE_LIMITS === 'off';
  }

  /** @throws AppError `rate_limited` */
  async count(userId: string, roomId: string): Promise<void> {
    if (this.lifted) return;
    const count = await this.limiter.hitBucket(`limit:send:${userId}:${roomId}`, PER_ROOM);
    if (!count.allowed) {
      throw new AppError('rate_limited', 'You are posting too fast in this room', { retryAfterSeconds: count.resetSeconds });
    }
  }
}
