/** A process as `runWorker` starts it. SIGUSR2 blocks its event loop for good; each turn of it is a dot. */
import { BusModule } from '@atrium/bus';
import { Module, type DynamicModule } from '@nestjs/common';
import { z } from 'zod';
import { baseConfig } from '../src/config.ts';
import { runWorker } from '../src/run.ts';

const config = z.object(baseConfig);

@Module({})
class AppModule {
  static forRoot(settings: z.output<typeof config>): DynamicModule {
    return { module: AppModule, imports: [BusModule.forRoot('blockable', settings)] };
  }
}

function spin(): never {
  for (;;);
}

process.on('SIGUSR2', spin);
setInterval(() => process.stderr.write('.'), 50);
await runWorker({ name: 'blockable', config, module: AppModule });
