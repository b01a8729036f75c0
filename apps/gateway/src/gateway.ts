import { Bus, BusTransport } from '@atrium/bus';
import { rootModule } from '@atrium/service-kit';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module.ts';
import type { Config } from './config.ts';
import { browseDocs } from './docs/browse.ts';
import { logRequests } from './http/access-log.ts';
import { createAdapter } from './http/adapter.ts';
import { declaredEndpoints } from './endpoints.ts';
import { InputPipe } from './http/input.pipe.ts';
import { ProblemFilter } from './http/problem.ts';
import { UnmatchedRoutes } from './http/unmatched.ts';
import { servePage } from './page/page.http.ts';
import { SocketAdapter } from './sockets/socket.adapter.ts';

/** Builds and starts the public door; what main.ts and the tests share. */
export async function startGateway(config: Config, logger?: LoggerService | false): Promise<NestFastifyApplication> {
  const adapter = await createAdapter(config.GATEWAY_TRUST_PROXY);
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
  logRequests(fastify);
  browseDocs(fastify);
  servePage(fastify, config.GATEWAY_WEB_DIR, unmatched);
  const transport = new BusTransport().attach(app.get(Bus));
  app.connectMicroservice({ strategy: transport });
  await app.startAllMicroservices();
  await app.listen(config.PORT, config.GATEWAY_HOST);
  return app;
}
