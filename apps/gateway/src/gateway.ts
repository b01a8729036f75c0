import { BusTransport } from '@atrium/bus';
import { Health, rootModule } from '@atrium/service-kit';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module.ts';
import { EVERYBODY } from './http/trusted-proxies.ts';
import { Authenticator } from './auth/authenticator.ts';
import type { Config } from './config.ts';
import { browseDocs } from './docs/browse.ts';
import { logRequests } from './http/access-log.ts';
import { admitRequests } from './auth/admission.ts';
import { createAdapter } from './http/adapter.ts';
import { declaredEndpoints } from './endpoints.ts';
import { InputPipe } from './http/input.pipe.ts';
import { ProblemFilter } from './http/problem.ts';
import { traceRequests } from './http/traces.ts';
import { UnmatchedRoutes } from './http/unmatched.ts';
import { RequestLimits } from './limits/request-limits.ts';
import { servePage } from './page/page.http.ts';
import { SocketAdapter } from './sockets/socket.adapter.ts';

const TRUSTS_NOBODY =
  'GATEWAY_TRUST_PROXY=on names no proxy, so X-Forwarded-* headers are not believed and everybody behind a proxy counts as one address. ' +
  'Name the proxies instead: their addresses or networks, or loopback, linklocal, uniquelocal.';

/** Builds and starts the public door; what main.ts and the tests share. */
export async function startGateway(config: Config, logger?: LoggerService | false): Promise<NestFastifyApplication> {
  if (config.GATEWAY_TRUST_PROXY.includes(EVERYBODY) && logger) logger.warn(TRUSTS_NOBODY, 'gateway');
  const adapter = await createAdapter(config);
  const unmatched = new UnmatchedRoutes(declaredEndpoints);
  const app = await NestFactory.create<NestFastifyApplication>(rootModule(AppModule, config), adapter, {
    logger,
    bodyParser: false,
    abortOnError: false,
  });
  app.useWebSocketAdapter(app.get(SocketAdapter));
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(new ProblemFilter(unmatched));
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  traceRequests(fastify, config.GATEWAY_TRACED_SHARE);
  logRequests(fastify);
  admitRequests(fastify, { authenticator: app.get(Authenticator), limits: app.get(RequestLimits), unmatched });
  browseDocs(fastify);
  servePage(fastify, config.GATEWAY_WEB_DIR, unmatched);
  const transport = new BusTransport().attach(app, () => app.get(Health).requireReady());
  app.connectMicroservice({ strategy: transport });
  await app.startAllMicroservices();
  await app.listen(config.PORT, config.GATEWAY_HOST);
  return app;
}
