import { PurgeRooms20261128 } from './migration-20261128-purge-rooms.ts';
import { KeepAudit20261128 } from './migration-20261128-keep-audit.ts';
import { AdminActs20261127 } from './migration-20261127-admin-acts.ts';
import { AnswerOutcomes } from './migration-20261126-answer-outcomes.ts';
import { CountStorage } from './migration-20261126-count-storage.ts';
import { CreateFiles } from './migration-20261122-create-files.ts';
import { DropRoomVisibility } from './migration-20261125-drop-room-visibility.ts';
import { FindOwnFiles } from './migration-20261127-find-own-files.ts';
import { KeepDrafts } from './migration-20261126-keep-drafts.ts';
import { NumberFacts } from './migration-20261125-number-facts.ts';
import { NumberFileFacts } from './migration-20261126-number-file-facts.ts';
import { ResumableUploads20261129 } from './migration-20261129-resumable-uploads.ts';
import { KeepPreviews20261130 } from './migration-20261130-keep-previews.ts';
import { CheckScans20261201, FindVersions20261201, ScanFiles20261201 } from './migration-20261201-scan-and-name-files.ts';
import { RememberUploadKeys } from './migration-20261125-remember-upload-keys.ts';
import { SearchFiles } from './migration-20261126-search-files.ts';
import { ShareMembership } from './migration-20261126-share-membership.ts';
import { KeepEventHeaders20261202 } from './migration-20261202-keep-event-headers.ts';
import { TakeSpace20261203 } from './migration-20261203-take-space.ts';

/** In the order in which they are applied; never edited once landed. */
export const migrations = [
  CreateFiles,
  NumberFacts,
  DropRoomVisibility,
  RememberUploadKeys,
  ShareMembership,
  NumberFileFacts,
  AnswerOutcomes,
  KeepDrafts,
  SearchFiles,
  CountStorage,
  AdminActs20261127,
  FindOwnFiles,
  KeepAudit20261128,
  PurgeRooms20261128,
  ResumableUploads20261129,
  KeepPreviews20261130,
  ScanFiles20261201,
  CheckScans20261201,
  FindVersions20261201,
  KeepEventHeaders20261202,
  TakeSpace20261203,
];
