import { runWorker } from '@atrium/service-kit';
import { filesConfig } from './config.ts';
import { WorkerModule } from './worker.module.ts';

await runWorker({ name: 'files-worker', config: filesConfig, module: WorkerModule });
