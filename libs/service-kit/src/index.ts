export { CONFIG, baseConfig, loadConfig, type BaseConfig } from './config.ts';
export { Health, type HealthReport } from './health.ts';
export { serveHealth } from './health-server.ts';
export { KitModule } from './kit.module.ts';
export { NestPinoLogger, createLogger } from './logger.ts';
export { metrics } from './metrics.ts';
export { attend, rootModule, runService, runWorker, startService, type AppModuleClass } from './run.ts';
export { stopOnSignals } from './stop.ts';
