import { AppError } from '@atrium/contracts';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { endpointOf } from '../http/endpoint.ts';
import { RequestLimits } from '../limits/request-limits.ts';
import { Authenticator } from './authenticator.ts';

/**
 * Lets a request in: says who it is from, counts it against that person (or the address, for whom we do not know),
 * and refuses it when the endpoint is not public. A bad token is counted before it is refused.
 */
@Injectable()
export class AdmissionGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly limits: RequestLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const endpoint = endpointOf(context.getHandler());
    if (!endpoint) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const refusal = await this.identify(request);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    await this.limits.count(request, reply);
    if (!endpoint.public && refusal) throw refusal;
    return true;
  }

  /** Sets `request.identity`; what stands against it is returned, for public endpoints do not mind. */
  private async identify(request: FastifyRequest): Promise<AppError | undefined> {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token) return new AppError('unauthenticated');
    try {
      request.identity = await this.authenticator.identify(token);
      return undefined;
    } catch (error) {
      return AppError.from(error);
    }
  }
}
