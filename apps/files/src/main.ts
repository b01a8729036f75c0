import { runService } from '@atrium/service-kit';
import { AppModule } from './app.module.ts';
import { filesConfig } from './config.ts';

await runService({ name: 'files', config: filesConfig, module: AppModule });
