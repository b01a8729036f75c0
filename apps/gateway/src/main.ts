import { NestPinoLogger, operate, createLogger, loadConfig, startTracing } from '@atrium/service-kit';
import { Logger } from '@nestjs/common';
import { configSchema } from './config.ts';
import { startGateway } from './gateway.ts';

const config = loadConfig(configSchema);
const logger = new NestPinoLogger(createLogger('gateway', config.LOG_LEVEL));
Logger.overrideLogger(logger);
try {
  const stopTracing = await startTracing('gateway', config);
  const app = await startGateway(config, logger);
  await operate(app, { name: 'gateway', config, schema: configSchema, stopTracing });
  logger.log(`gateway is up on ${await app.getUrl()}`, 'main');
} catch (error) {
  logger.fatal(error as Error, 'main');
  process.exit(1);
}
