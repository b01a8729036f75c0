import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Bus, type BusConfig, type BusOptions } from './bus.ts';
import { RpcClient } from './rpc-client.ts';
import { Signals } from './signals.ts';
import { Timelines } from './timelines.ts';

/** Connects a process to the bus. @param process its name there: queue group, health subject, and who it says it is */
@Global()
@Module({})
export class BusModule {
  static forRoot(process: string, config: BusConfig & BusOptions): DynamicModule {
    return {
      module: BusModule,
      providers: [{ provide: Bus, useFactory: () => Bus.connect(process, config) }, RpcClient, Signals, Timelines],
      exports: [Bus, RpcClient, Signals, Timelines],
    };
  }
}
