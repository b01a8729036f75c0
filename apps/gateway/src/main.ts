import { NestPinoLogger, attend, createLogger, loadConfig } from '@atrium/service-kit';
import { Logger } from '@nestjs/common';
import { configSchema } from './config.ts';
import { startGateway } from './gateway.ts';

const config = loadConfig(configSchema);
const logger = new NestPinoLogger(createLogger('gateway', config.LOG_LEVEL));
Logger.overrideLogger(logger);
try {
  const app = await startGateway(config, logger);
  await attend(app, 'gateway', config, configSchema);
  logger.log(`gateway is up on ${await app.getUrl()}`, 'main');
} catch (error) {
  logger.fatal(error as Error, 'main');
  process.exit(1);
}
