import { BusModule } from '@atrium/bus';
import { fileFacts } from '@atrium/contracts';
import { DatabaseModule, FactLog, factLog } from '@atrium/database';
import { BullModule } from '@nestjs/bullmq';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { migrations } from '../migrations/index.ts';
import { FileChatEntity } from './chats/file-chat.entity.ts';
import type { FilesConfig } from './config.ts';
import { ExtractionDispatcher } from './files/extraction-dispatcher.ts';
import { FileEntity } from './files/file.entity.ts';
import { FileTeller } from './files/file-teller.ts';
import { FilesRepository } from './files/files.repository.ts';
import { ForgottenDrafts } from './files/forgotten-drafts.ts';
import { LostObjects } from './files/lost-objects.service.ts';
import { UploadEntity } from './files/upload.entity.ts';
import { EXTRACTION_QUEUE, ExtractionQueue, redisConnection } from './jobs/extraction-queue.ts';
import { LostPieces } from './resumable/lost-pieces.ts';
import { ResumableUploadEntity } from './resumable/resumable-upload.entity.ts';
import { UnfinishedUploads } from './resumable/unfinished-uploads.ts';
import { ObjectRemover } from './storage/object-remover.ts';
import { ObjectStore } from './storage/object-store.ts';

const entities = [FileEntity, UploadEntity, ResumableUploadEntity, FileChatEntity];

type Role = { role: 'producer' | 'worker'; statementTimeoutMs?: number };

/** What the service and its worker share: bus, schema, queue and object store. */
@Global()
@Module({})
export class DataModule {
  static forRoot(config: FilesConfig, { role, statementTimeoutMs }: Role): DynamicModule {
    return {
      module: DataModule,
      imports: [
        BusModule.forRoot(role === 'producer' ? 'files' : 'files-worker', config),
        DatabaseModule.forRoot({ service: 'files', url: config.FILES_DATABASE_URL, entities, migrations, statementTimeoutMs }),
        BullModule.registerQueue({ name: EXTRACTION_QUEUE, connection: redisConnection(config.REDIS_URL, role) }),
      ],
      providers: [
        ExtractionDispatcher,
        ExtractionQueue,
        FileTeller,
        FilesRepository,
        ForgottenDrafts,
        LostObjects,
        LostPieces,
        ObjectRemover,
        ObjectStore,
        UnfinishedUploads,
        factLog(fileFacts, 'file_id'),
      ],
      exports: [
        BullModule,
        ExtractionDispatcher,
        ExtractionQueue,
        FactLog,
        FileTeller,
        FilesRepository,
        ForgottenDrafts,
        LostObjects,
        LostPieces,
        ObjectRemover,
        ObjectStore,
        UnfinishedUploads,
      ],
    };
  }
}
