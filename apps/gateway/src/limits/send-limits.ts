import { AppError } from '@atrium/contracts';
import { CONFIG } from '@atrium/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config.ts';
import { Limiter } from './limiter.ts';

/** Ten in ten seconds for as long as one likes, twenty at once. */
const PER_ROOM = { burst: 20, perSecond: 1 };
/** What the bots with accounts of their own may say in one room, together: two that answer each other get no further. */
const BOTS_PER_ROOM = { limit: 10, windowSeconds: 60 };

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

  /** A guard against loops, which no setting lifts. @throws AppError `rate_limited` */
  async countBot(roomId: string): Promise<void> {
    const { allowed, resetSeconds } = await this.limiter.hitWindow(`limit:bots:${roomId}`, BOTS_PER_ROOM);
    if (!allowed)
      throw new AppError('rate_limited', 'Bots have said enough in this room for a minute', { retryAfterSeconds: resetSeconds });
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
