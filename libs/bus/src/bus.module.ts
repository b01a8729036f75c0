import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Bus, type BusConfig } from './bus.ts';
import { PlainFilters } from './commit-reader.ts';
import { Handling } from './handling.ts';
import { RpcClient } from './rpc-client.ts';
import { Signals } from './signals.ts';
import { Streams, type StreamOptions } from './streams.ts';
import { Timelines } from './timelines.ts';

/** Connects a process to the bus. @param process its name there: queue group, health subject, and who it says it is */
@Global()
@Module({})
export class BusModule {
  static forRoot(process: string, config: BusConfig & StreamOptions): DynamicModule {
    return {
      module: BusModule,
      providers: [
        { provide: Bus, useFactory: () => Bus.connect(process, config) },
        { provide: Streams, useFactory: (bus: Bus) => Streams.on(bus, config), inject: [Bus] },
        Handling,
        PlainFilters,
        RpcClient,
        Signals,
        Timelines,
      ],
      exports: [Bus, Handling, PlainFilters, RpcClient, Signals, Streams, Timelines],
    };
  }
}
