import { fileFacts } from '@atrium/contracts';
import { AuditChain, AuditLog, RoomPurge, RoomPurger, RoomPurges, factsRpc, followMembership } from '@atrium/database';
import { CONFIG } from '@atrium/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { FilesAccess } from './access/files.access.ts';
import { AdminJobs } from './admin/admin-jobs.service.ts';
import { AdminRpc } from './admin/admin.rpc.ts';
import { PurgesRpc } from './purges/purges.rpc.ts';
import { AdminService } from './admin/admin.service.ts';
import { AdminStats } from './admin/admin-stats.service.ts';
import type { Answerer } from './answers/answerer.ts';
import { ANSWERER, AnswersService } from './answers/answers.service.ts';
import { GuidesService } from './whole-file/guides.service.ts';
import { Embeddings } from './models/embeddings.ts';
import { ExtractiveAnswerer } from './answers/extractive-answerer.ts';
import { ModelAnswerer } from './models/model-answerer.ts';
import { RetrievalRepository } from './answers/retrieval.repository.ts';
import { ChatsRepository } from './chats/chats.repository.ts';
import { ChatsService } from './chats/chats.service.ts';
import type { FilesConfig } from './config.ts';
import { DataModule } from './data.module.ts';
import { ClosedAccounts } from './files/closed-accounts.ts';
import { ContentService } from './files/content.service.ts';
import { FilesRpc } from './files/files.rpc.ts';
import { FilesService } from './files/files.service.ts';
import { OwnFilesRpc } from './files/own-files.rpc.ts';
import { OwnFiles } from './files/own-files.service.ts';
import { PreviewsRpc } from './previews/previews.rpc.ts';
import { PreviewsService } from './previews/previews.service.ts';
import { PurgeFiles, PurgedRooms } from './purges/purge-files.ts';
import { Quotas } from './storage/quotas.ts';
import { StorageRpc } from './storage/storage.rpc.ts';
import { StorageService } from './storage/storage.service.ts';
import { VersionsRpc } from './versions/versions.rpc.ts';
import { VersionsService } from './versions/versions.service.ts';
import { OpenUploads } from './resumable/open-uploads.ts';
import { PiecesService } from './resumable/pieces.service.ts';
import { ResumableRpc } from './resumable/resumable.rpc.ts';
import { ResumableService } from './resumable/resumable.service.ts';
import { RemovalsService } from './files/removals.service.ts';
import { SentDrafts } from './files/sent-drafts.ts';
import { PutBytes } from './files/put-bytes.ts';
import { UploadsService } from './files/uploads.service.ts';
import { SearchIndexer } from './search/search-indexer.service.ts';
import { SearchRepository } from './search/search.repository.ts';
import { SearchService } from './search/search.service.ts';

const membership = followMembership({ consumer: 'files-access', hooks: PurgedRooms });

const uploads = [OpenUploads, PiecesService, PutBytes, ResumableService, UploadsService];

@Module({})
export class AppModule {
  static forRoot(config: FilesConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [DataModule.forRoot(config, { role: 'producer' })],
      controllers: [
        FilesRpc,
        ResumableRpc,
        PreviewsRpc,
        StorageRpc,
        VersionsRpc,
        OwnFilesRpc,
        AdminRpc,
        PurgesRpc,
        SentDrafts,
        ClosedAccounts,
        factsRpc(fileFacts),
        ...membership.controllers,
      ],
      providers: [
        ...membership.providers,
        AdminJobs,
        AdminService,
        AdminStats,
        AuditChain,
        AuditLog,
        AnswersService,
        ChatsRepository,
        ChatsService,
        ContentService,
        FilesAccess,
        FilesService,
        GuidesService,
        OwnFiles,
        PreviewsService,
        Quotas,
        RemovalsService,
        RoomPurger,
        RoomPurges,
        { provide: RoomPurge, useClass: PurgeFiles },
        RetrievalRepository,
        SearchIndexer,
        SearchRepository,
        SearchService,
        StorageService,
        ...uploads,
        VersionsService,
        { provide: ANSWERER, useFactory: chooseAnswerer, inject: [CONFIG] },
      ],
    };
  }
}

/** Quotes by default, ranked by meaning as well where embeddings are configured; a model where one is. */
function chooseAnswerer(config: FilesConfig): Answerer {
  const { FILES_ANSWERER_URL: url, FILES_ANSWERER_MODEL: model, FILES_ANSWERER_KEY: key } = config;
  if (url !== undefined) return new ModelAnswerer({ url, model, key });
  const { FILES_EMBEDDINGS_URL: vectors, FILES_EMBEDDINGS_MODEL: vectorModel, FILES_EMBEDDINGS_KEY: vectorKey } = config;
  return new ExtractiveAnswerer(vectors === undefined ? undefined : new Embeddings({ url: vectors, model: vectorModel, key: vectorKey }));
}
