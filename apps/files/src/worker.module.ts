import { Module, type DynamicModule } from '@nestjs/common';
import type { FilesConfig } from './config.ts';
import { DataModule } from './data.module.ts';
import { ExtractionService } from './jobs/extraction.service.ts';
import { FilesWorker } from './jobs/files.worker.ts';
import { Reconciler } from './jobs/reconciler.ts';
import { Screening } from './jobs/screening.ts';
import { StrayObjects } from './jobs/stray-objects.ts';
import { Sweeper } from './jobs/sweeper.ts';
import { PreviewMaker } from './previews/preview-maker.ts';
import { Scanner } from './scanning/scanner.ts';
import { TextRepository } from './jobs/text.repository.ts';

/** A long text is written in one transaction of many statements; each may take its time. */
const STATEMENT_TIMEOUT_MS = 20_000;

@Module({})
export class WorkerModule {
  static forRoot(config: FilesConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [DataModule.forRoot(config, { role: 'worker', statementTimeoutMs: STATEMENT_TIMEOUT_MS })],
      providers: [ExtractionService, FilesWorker, PreviewMaker, Reconciler, Scanner, Screening, StrayObjects, Sweeper, TextRepository],
    };
  }
}
