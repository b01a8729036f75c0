import { runService } from '@atrium/service-kit';
import { AppModule } from './app.module.ts';
import { botConfig } from './config.ts';

await runService({ name: 'bot', config: botConfig, module: AppModule });
