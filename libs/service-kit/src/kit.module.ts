import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CONFIG } from './config.ts';
import { Health } from './health.ts';

/** What every process has: its parsed configuration and its health. Needs `BusModule` beside it. */
@Global()
@Module({})
export class KitModule {
  static forRoot(config: object): DynamicModule {
    return {
      module: KitModule,
      providers: [{ provide: CONFIG, useValue: config }, Health],
      exports: [CONFIG, Health],
    };
  }
}
