import { runService } from '@atrium/service-kit';
import { AppModule } from './app.module.ts';
import { roomsConfig } from './config.ts';

await runService({ name: 'rooms', config: roomsConfig, module: AppModule });
