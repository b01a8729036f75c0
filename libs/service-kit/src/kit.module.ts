import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Registry } from 'prom-client';
import { CONFIG } from './config.ts';
import { Health } from './health.ts';
import { metrics } from './metrics.ts';

/** What every process has: its parsed configuration, its health and the registry of its metrics. Needs `BusModule` beside it. */
@Global()
@Module({})
export class KitModule {
  static forRoot(config: object): DynamicModule {
    return {
      module: KitModule,
      providers: [{ provide: CONFIG, useValue: config }, Health, { provide: Registry, useValue: metrics }],
      exports: [CONFIG, Health, Registry],
    };
  }
}
