import { metrics } from '@atrium/service-kit';
import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Histogram } from 'prom-client';
import { traceIdOfRequest } from './traces.ts';

const NAME = 'atrium_http_seconds';

/** One line and one measurement per request: what was asked of us, by whom, and what became of it. */
export function logRequests(fastify: FastifyInstance): void {
  const logger = new Logger('request');
  const seconds =
    (metrics.getSingleMetric(NAME) as Histogram<'method' | 'route' | 'status'> | undefined) ??
    new Histogram({
      name: NAME,
      help: 'Time to answer one HTTP request',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30],
      registers: [metrics],
    });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, id: requestId, identity, address } = request;
    // The pattern, not the path: ids would make a series each, and a query may hold what people search for.
    const route = request.routeOptions.url ?? 'unmatched';
    const status = reply.statusCode;
    seconds.observe({ method, route, status }, reply.elapsedTime / 1000);
    const line = {
      method,
      route,
      status,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
      requestId,
      traceId: traceIdOfRequest(request),
      userId: identity?.userId,
      address,
    };
    if (route.startsWith('/health') || route === '/*') logger.debug(line);
    else logger.log(line);
    done();
  });
}
