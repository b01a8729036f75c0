import { Bus, BusTransport, Handling, Streams, answerStatus } from '@atrium/bus';
import {
  Logger,
  Module,
  type DynamicModule,
  type INestApplicationContext,
  type INestMicroservice,
  type LoggerService,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { z } from 'zod';
import { givenEnvironment, loadConfig, type BaseConfig } from './config.ts';
import { Health } from './health.ts';
import { serveHealth } from './health-server.ts';
import { instanceStatus } from './instance-status.ts';
import { KitModule } from './kit.module.ts';
import { NestPinoLogger, createLogger } from './logger.ts';
import { measure } from './metrics.ts';
import { settingsOf } from './settings.ts';
import { stopOnSignals } from './stop.ts';
import { startTracing, type StopTracing } from './tracing.ts';
import { watchLoop } from './watchdog.ts';

/** An app's root module: given the parsed configuration, it names the kit and feature modules it is made of. */
export type AppModuleClass<C> = { forRoot(config: C): DynamicModule };

@Module({})
class RootModule {}

/** The root of a process: the kit beside the app. */
export function rootModule<C extends object>(module: AppModuleClass<C>, config: C): DynamicModule {
  return { module: RootModule, imports: [KitModule.forRoot(config), module.forRoot(config)] };
}

/** Builds and starts a service that answers on the bus; what `runService` and the tests share. */
export async function startService<C extends object>(
  module: AppModuleClass<C>,
  config: C,
  logger?: LoggerService | false,
): Promise<INestMicroservice> {
  const transport = new BusTransport();
  const app = await NestFactory.createMicroservice(rootModule(module, config), {
    strategy: transport,
    logger,
    bufferLogs: false,
    abortOnError: false,
  });
  transport.attach(app, () => app.get(Health).requireReady());
  await app.listen();
  return app;
}

type RunOptions<S extends z.ZodObject> = { name: string; config: S; module: AppModuleClass<z.output<S>> };

/** The whole main.ts of a service: configuration, logs, bus, health, signals. */
export async function runService<S extends z.ZodObject>(options: RunOptions<S>): Promise<void> {
  await run(options, (module, config, logger) => startService(module, config, logger));
}

/** The same for a process that answers nothing on the bus: job workers. */
export async function runWorker<S extends z.ZodObject>(options: RunOptions<S>): Promise<void> {
  await run(options, (module, config, logger) =>
    NestFactory.createApplicationContext(rootModule(module, config), { logger, abortOnError: false }),
  );
}

type Start<C> = (module: AppModuleClass<C>, config: C, logger: LoggerService) => Promise<INestApplicationContext>;

async function run<S extends z.ZodObject>(options: RunOptions<S>, start: Start<z.output<S>>): Promise<void> {
  const config = loadConfig(options.config);
  const base = config as unknown as BaseConfig;
  const logger = new NestPinoLogger(createLogger(options.name, base.LOG_LEVEL));
  Logger.overrideLogger(logger);
  try {
    const stopTracing = await startTracing(options.name, base);
    const app = await start(options.module, config, logger);
    await operate(app, { name: options.name, config: base, schema: options.config, stopTracing });
    logger.log(`${options.name} is up`, 'main');
  } catch (error) {
    logger.fatal(error as Error, 'main');
    process.exit(1);
  }
}

type Operated = { name: string; config: BaseConfig; schema: z.ZodObject; stopTracing: StopTracing };

/** Everything around a started app: watchdog, metrics, call log, health port, what it says of itself, orderly stop. Also used by the gateway. */
export async function operate(app: INestApplicationContext, { name, config, schema, stopTracing }: Operated): Promise<void> {
  const bus = app.get(Bus);
  const health = app.get(Health);
  watchLoop(name, config.WATCHDOG_SECONDS);
  const handling = app.get(Handling);
  measure(name, { streams: app.get(Streams), handling });
  logHandled(handling);
  const settings = settingsOf(schema, config, givenEnvironment());
  answerStatus(bus, () => instanceStatus(bus, health, settings));
  const port = config.HEALTH_PORT > 0 ? await serveHealth(health, { port: config.HEALTH_PORT, host: config.HEALTH_HOST }) : undefined;
  stopOnSignals(async () => {
    health.startDraining();
    await new Promise((resolve) => setTimeout(resolve, config.SHUTDOWN_DELAY_MS));
    await app.close();
    await stopTracing();
    port?.server.closeAllConnections();
  });
}

/** One line per call at info; per batch and event only at debug, where they would drown the rest. */
function logHandled(handling: Handling): void {
  const logger = new Logger('call');
  handling.onHandled((handled) => {
    const line = { ...handled, durationMs: Math.round(handled.durationMs * 10) / 10 };
    if (handled.kind === 'rpc' && handled.size === undefined) logger.log(line);
    else logger.debug(line);
  });
}
