import 'reflect-metadata';
import { runService } from '@atrium/service-kit';
import { AppModule } from './app.module.ts';
import { configSchema } from './config.ts';

await runService({ name: 'messages', config: configSchema, module: AppModule });
