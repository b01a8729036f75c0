import { AppError } from '@atrium/contracts';
import { addressBlock, CONFIG } from '@atrium/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { Limiter, type WindowRule } from './limiter.ts';

const PER_USER = { limit: 200, windowSeconds: 60 };
const PER_ADDRESS = { limit: 100, windowSeconds: 60 };
/** Each of an address's personal tokens is looked up twice a minute by each gateway. */
const LOOK_UPS_PER_ADDRESS = { limit: 300, windowSeconds: 60 };

/** How many requests a person, or an address without one, may make in a minute. */
@Injectable()
export class RequestLimits {
  private readonly lifted: boolean;
  private readonly registrations: WindowRule;

  constructor(
    private readonly limiter: Limiter,
    @Inject(CONFIG) config: Config,
  ) {
    this.lifted = config.ATRIUM_RATE_LIMITS === 'off';
    this.registrations = { limit: config.GATEWAY_REGISTRATIONS_PER_HOUR, windowSeconds: 3600 };
  }

  /** Counts one attempt to make an account. @throws AppError `rate_limited` */
  async countRegistration(request: FastifyRequest): Promise<void> {
    if (this.lifted) return;
    const { allowed, resetSeconds } = await this.limiter.hitWindow(`limit:register:${addressBlock(request.address)}`, this.registrations);
    if (!allowed)
      throw new AppError('rate_limited', 'Many accounts were made from your address lately', { retryAfterSeconds: resetSeconds });
  }

  /** Counts one token that accounts is to be asked about. @throws AppError `rate_limited` */
  async countLookUp(request: FastifyRequest): Promise<void> {
    if (this.lifted) return;
    const { allowed, resetSeconds } = await this.limiter.hitWindow(`limit:look-up:${addressBlock(request.address)}`, LOOK_UPS_PER_ADDRESS);
    if (!allowed)
      throw new AppError('rate_limited', 'Many access tokens came from your address lately', { retryAfterSeconds: resetSeconds });
  }

  /** Counts one request and says so in its reply. @throws AppError `rate_limited` */
  async count(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.lifted) return;
    const { identity } = request;
    const rule = identity ? PER_USER : PER_ADDRESS;
    const key = identity ? `limit:user:${identity.userId}` : `limit:address:${addressBlock(request.address)}`;
    const count = await this.limiter.hitWindow(key, rule);
    void reply.headers({
      'ratelimit-limit': String(rule.limit),
      'ratelimit-remaining': String(count.remaining),
      'ratelimit-reset': String(count.resetSeconds),
    });
    if (!count.allowed) throw new AppError('rate_limited', undefined, { retryAfterSeconds: count.resetSeconds });
  }
}
