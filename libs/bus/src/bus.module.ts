import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Bus } from './bus.ts';
import { RpcClient } from './rpc-client.ts';
import { Signals } from './signals.ts';
import { Timelines } from './timelines.ts';

/** Connects a process to the bus. @param options.service the service's name: queue group and health subject */
@Global()
@Module({})
export class BusModule {
  static forRoot(options: { service: string; natsUrl: string }): DynamicModule {
    return {
      module: BusModule,
      providers: [{ provide: Bus, useFactory: () => Bus.connect(options.service, options.natsUrl) }, RpcClient, Signals, Timelines],
      exports: [Bus, RpcClient, Signals, Timelines],
    };
  }
}
