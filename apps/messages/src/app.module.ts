import { BusModule } from '@atrium/bus';
import { fileFacts, profileFacts } from '@atrium/contracts';
import { AuditChain, AuditLog, DatabaseModule, RoomPurge, RoomPurger, RoomPurges, followFacts, followMembership } from '@atrium/database';
import { Module, type DynamicModule } from '@nestjs/common';
import { migrations } from '../migrations/index.ts';
import { AdminMessagesRepository } from './admin/admin-messages.repository.ts';
import { AdminMessages } from './admin/admin-messages.service.ts';
import { AdminStats } from './admin/admin-stats.service.ts';
import { AdminRpc } from './admin/admin.rpc.ts';
import { PurgesRpc } from './purges/purges.rpc.ts';
import { Inspections } from './admin/inspections.ts';
import { AccessRepository } from './access/access.repository.ts';
import { AccessService } from './access/access.service.ts';
import { RoomEntries } from './access/room-entries.service.ts';
import { AttachmentsRepository } from './attachments/attachments.repository.ts';
import { FileFactsService } from './attachments/file-facts.service.ts';
import { ClosedAccountsConsumer } from './closing/closed-accounts.consumer.ts';
import { ClosedAccounts } from './closing/closed-accounts.service.ts';
import type { MessagesConfig } from './config.ts';
import { Canary } from './log/canary.ts';
import { ChangesRepository } from './changes/changes.repository.ts';
import { ChangesRpc } from './changes/changes.rpc.ts';
import { DeletionsRepository } from './changes/deletions.repository.ts';
import { DeletionsService } from './changes/deletions.service.ts';
import { EditsService } from './changes/edits.service.ts';
import { PurgeClock } from './changes/purge-clock.ts';
import { CommitsService } from './log/commits.service.ts';
import { RoomLogRepository } from './log/room-log.repository.ts';
import { TimelineRepository } from './log/timeline.repository.ts';
import { TimelineRpc } from './log/timeline.rpc.ts';
import { TimelineService } from './log/timeline.service.ts';
import { MessagesRepository } from './messages/messages.repository.ts';
import { MessagesRpc } from './messages/messages.rpc.ts';
import { MessagesService } from './messages/messages.service.ts';
import { OwnMessagesRpc } from './messages/own-messages.rpc.ts';
import { OwnMessages } from './messages/own-messages.service.ts';
import { PLANNER_SETTINGS, PLAN_ONCE } from './planner-settings.ts';
import { PinsRpc } from './pins/pins.rpc.ts';
import { PinsService } from './pins/pins.service.ts';
import { OwnReactions } from './reactions/own-reactions.ts';
import { ReactionsRepository } from './reactions/reactions.repository.ts';
import { ReactionsRpc } from './reactions/reactions.rpc.ts';
import { ReactionsService } from './reactions/reactions.service.ts';
import { ReadingRepository } from './reading/reading.repository.ts';
import { ReadingRpc } from './reading/reading.rpc.ts';
import { ReadingService } from './reading/reading.service.ts';
import { SearchIndexRepository } from './search/search-index.repository.ts';
import { SearchIndexer } from './search/search-indexer.service.ts';
import { SearchRepository } from './search/search.repository.ts';
import { SearchRpc } from './search/search.rpc.ts';
import { SearchService } from './search/search.service.ts';
import { WrittenRooms } from './search/written-rooms.ts';
import { SavedRpc } from './saved/saved.rpc.ts';
import { SavedService } from './saved/saved.service.ts';
import { LinkJobs } from './previews/link-jobs.ts';
import { PreviewWorker } from './previews/preview-worker.ts';
import { PreviewsRpc } from './previews/previews.rpc.ts';
import { PreviewsService } from './previews/previews.service.ts';
import { DraftsRpc } from './drafts/drafts.rpc.ts';
import { DraftsService } from './drafts/drafts.service.ts';
import { DisabledAuthorsConsumer } from './scheduled/disabled-authors.consumer.ts';
import { ScheduledClock } from './scheduled/scheduled-clock.ts';
import { ScheduledRepository } from './scheduled/scheduled.repository.ts';
import { ScheduledRpc } from './scheduled/scheduled.rpc.ts';
import { ScheduledSends } from './scheduled/scheduled-sends.ts';
import { ScheduledService } from './scheduled/scheduled.service.ts';
import { HiddenRoomsRpc } from './hidden/hidden-rooms.rpc.ts';
import { HiddenRoomsService } from './hidden/hidden-rooms.service.ts';
import { Notifier } from './notifications/notifier.ts';
import { OwnReading } from './notifications/own-reading.ts';
import { PersonFacts } from './notifications/person-facts.ts';
import { QuietPeople } from './notifications/quiet-people.ts';
import { NotificationsRepository } from './notifications/notifications.repository.ts';
import { NotificationsRpc } from './notifications/notifications.rpc.ts';
import { NotificationsService } from './notifications/notifications.service.ts';
import { OpenPagesRpc } from './pages/open-pages.rpc.ts';
import { OpenPages } from './pages/open-pages.service.ts';
import { PurgeMessages } from './purges/purge-messages.ts';
import { PreferencesRepository } from './preferences/preferences.repository.ts';
import { PreferencesRpc } from './preferences/preferences.rpc.ts';
import { PreferencesService } from './preferences/preferences.service.ts';
import { EndedSessionsConsumer } from './push/ended-sessions.consumer.ts';
import { PushClock } from './push/push-clock.ts';
import { PushComposer } from './push/push-composer.ts';
import { PushQueue } from './push/push-queue.ts';
import { PushRpc } from './push/push.rpc.ts';
import { PushSubscriptionsRepository } from './push/push-subscriptions.repository.ts';
import { PushSubscriptions } from './push/push-subscriptions.service.ts';
import { LogPool } from './sends/log-pool.ts';
import { OnlineMembers } from './sends/online-members.ts';
import { SendBatchRepository } from './sends/send-batch.repository.ts';
import { SendTeller } from './sends/send-teller.ts';
import { SendWriter } from './sends/send-writer.service.ts';
import { Sender } from './sends/sender.ts';
import { SentDrafts } from './sends/sent-drafts.ts';
import { SendsRpc } from './sends/sends.rpc.ts';
import { ThreadFollowers } from './sends/thread-followers.ts';
import { FollowsService } from './threads/follows.service.ts';
import { ThreadsRpc } from './threads/threads.rpc.ts';
import { ThreadsService } from './threads/threads.service.ts';
import { TurnsRpc } from './turns/turns.rpc.ts';
import { TurnsService } from './turns/turns.service.ts';

const membership = followMembership({ consumer: 'messages-rooms', hooks: RoomEntries });
const attachments = followFacts(fileFacts, { consumer: 'messages-files', applier: FileFactsService });
const people = followFacts(profileFacts, { consumer: 'messages-people', applier: PersonFacts });
const admin = [AdminMessagesRepository, AdminMessages, AdminStats, Inspections];
const reads = [MessagesRpc, OwnMessagesRpc, TimelineRpc];
const search = [SearchIndexRepository, SearchIndexer, SearchRepository, SearchService, WrittenRooms];
const notifications = [
  Notifier,
  OwnReading,
  PersonFacts,
  QuietPeople,
  NotificationsRepository,
  NotificationsService,
  PreferencesRepository,
  PreferencesService,
  HiddenRoomsService,
  OpenPages,
];
const push = [PushQueue, PushComposer, PushClock, PushSubscriptions, PushSubscriptionsRepository];
const notificationDoors = [NotificationsRpc, PreferencesRpc, HiddenRoomsRpc, OpenPagesRpc, PushRpc, EndedSessionsConsumer];
const previews = [LinkJobs, PreviewWorker, PreviewsService];
const ahead = [DraftsService, ScheduledClock, ScheduledRepository, ScheduledSends, ScheduledService];

@Module({})
export class AppModule {
  static forRoot(config: MessagesConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        BusModule.forRoot('messages', config),
        DatabaseModule.forRoot({
          service: 'messages',
          url: config.MESSAGES_DATABASE_URL,
          entities: [],
          migrations,
          settings: `${PLANNER_SETTINGS} ${PLAN_ONCE}`,
        }),
      ],
      controllers: [
        AdminRpc,
        PurgesRpc,
        SendsRpc,
        ...reads,
        PinsRpc,
        ReadingRpc,
        SearchRpc,
        ThreadsRpc,
        ChangesRpc,
        ReactionsRpc,
        SavedRpc,
        ...notificationDoors,
        DraftsRpc,
        ScheduledRpc,
        DisabledAuthorsConsumer,
        PreviewsRpc,
        TurnsRpc,
        ...membership.controllers,
        ...attachments.controllers,
        ...people.controllers,
        ClosedAccountsConsumer,
      ],
      providers: [
        ...membership.providers,
        ...attachments.providers,
        ...people.providers,
        ...search,
        ...admin,
        ...notifications,
        ...push,
        ...ahead,
        ...previews,
        AccessRepository,
        AccessService,
        AttachmentsRepository,
        AuditChain,
        AuditLog,
        FileFactsService,
        Canary,
        ChangesRepository,
        ClosedAccounts,
        DeletionsRepository,
        DeletionsService,
        EditsService,
        FollowsService,
        OwnReactions,
        PurgeClock,
        RoomPurger,
        RoomPurges,
        { provide: RoomPurge, useClass: PurgeMessages },
        ReactionsRepository,
        ReactionsService,
        SavedService,
        ThreadFollowers,
        CommitsService,
        LogPool,
        MessagesRepository,
        MessagesService,
        OwnMessages,
        PinsService,
        ReadingRepository,
        ReadingService,
        RoomLogRepository,
        SendBatchRepository,
        SendTeller,
        SendWriter,
        Sender,
        SentDrafts,
        OnlineMembers,
        ThreadsService,
        TimelineRepository,
        TimelineService,
        TurnsService,
      ],
    };
  }
}
