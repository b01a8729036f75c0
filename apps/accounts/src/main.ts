import { runService } from '@atrium/service-kit';
import { AppModule } from './app.module.ts';
import { accountsConfig } from './config.ts';

await runService({ name: 'accounts', config: accountsConfig, module: AppModule });
