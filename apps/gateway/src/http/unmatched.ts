import { AppError } from '@atrium/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EndpointMetadata } from './endpoint.ts';

type Route = { method: string; pattern: RegExp };

/** Tells a path that does not exist from one that exists with other methods. */
export class UnmatchedRoutes {
  private readonly routes: Route[];

  constructor(endpoints: readonly EndpointMetadata[]) {
    this.routes = endpoints.map(({ method, path }) => ({
      method,
      pattern: new RegExp(`^${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}/?$`),
    }));
  }

  /** `method_not_allowed`, with `Allow` set, or `not_found` */
  refusal(request: FastifyRequest, reply: FastifyReply): AppError {
    const [path = ''] = request.url.split('?');
    const methods = new Set(this.routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method));
    // Known by this very method, and yet the router had none of it: a name in it is longer than any we give.
    if (methods.size === 0 || methods.has(request.method)) return new AppError('not_found', 'There is nothing at this address');
    if (methods.has('GET')) methods.add('HEAD');
    void reply.header('allow', [...methods].join(', '));
    return new AppError('method_not_allowed');
  }
}
