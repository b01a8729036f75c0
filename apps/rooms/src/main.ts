import { runService } from '@atrium/service-kit';
import { AppModule } from './app.module.ts';
import { configSchema } from './config.ts';

await runService({ name: 'rooms', config: configSchema, module: AppModule });
