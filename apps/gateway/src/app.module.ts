import { BusModule } from '@atrium/bus';
import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccountsFanout } from './accounts/accounts.fanout.ts';
import { Registrations } from './accounts/registrations.ts';
import { SessionsSocket } from './accounts/sessions.socket.ts';
import { AccessTokens } from './auth/access-tokens.ts';
import { Authenticator } from './auth/authenticator.ts';
import { PersonalTokens } from './auth/personal-tokens.ts';
import { SessionChecks } from './auth/session-checks.ts';
import { BotFanout } from './bot/bot.fanout.ts';
import { InteractionsFanout } from './bot/interactions.fanout.ts';
import { InteractionsSocket } from './bot/interactions.socket.ts';
import { CommandsSocket } from './bot/commands.socket.ts';
import { AdminPeopleFanout } from './admin/people.fanout.ts';
import { RoomAuditReader } from './rooms/room-audit.ts';
import { AuditReader } from './admin/audit-reader.ts';
import type { Config } from './config.ts';
import { DocsHttp, ENDPOINTS } from './docs/docs.http.ts';
import { FilesFanout } from './files/files.fanout.ts';
import { ResumableUploads } from './files/resumable-uploads.ts';
import { Uploads } from './files/uploads.ts';
import { declaredEndpoints, publicControllers } from './endpoints.ts';
import { GatewayMetrics } from './gateway.metrics.ts';
import { CanaryFanout } from './http/canary.fanout.ts';
import { HealthHttp } from './http/health.http.ts';
import { HttpDrain } from './http/http.drain.ts';
import { Limiter } from './limits/limiter.ts';
import { Notes } from './limits/notes.ts';
import { RedisLink } from './limits/redis-link.ts';
import { RequestLimits } from './limits/request-limits.ts';
import { SendLimits } from './limits/send-limits.ts';
import { HeadsPoller } from './timelines/heads-poller.ts';
import { HeadsSocket } from './timelines/heads.socket.ts';
import { MessagesFanout } from './messages/messages.fanout.ts';
import { ThreadsFanout } from './messages/threads.fanout.ts';
import { MessagesSocket } from './messages/messages.socket.ts';
import { CatchUp } from './timelines/catch-up.ts';
import { TimelineFanout } from './timelines/timeline-fanout.ts';
import { TimelineReader } from './timelines/timeline-reader.ts';
import { JoinedRooms } from './rooms/joined-rooms.ts';
import { NotificationsFanout } from './rooms/notifications.fanout.ts';
import { PagesReporter } from './rooms/pages.reporter.ts';
import { PresenceReporter } from './rooms/presence.reporter.ts';
import { RoomComposer } from './rooms/room.composer.ts';
import { RoomEntrance } from './rooms/room.entrance.ts';
import { PeopleFanout } from './rooms/people.fanout.ts';
import { RoomsFanout } from './rooms/rooms.fanout.ts';
import { UnheardPresence } from './rooms/unheard-presence.ts';
import { RoomsSocket } from './rooms/rooms.socket.ts';
import { Typists } from './rooms/typists.ts';
import { WelcomeSocket } from './rooms/welcome.socket.ts';
import { Settler } from './rooms/settler.ts';
import { Searches } from './search/searches.ts';
import { SearchNames } from './search/search-names.ts';
import { SocketAdmission } from './sockets/admission.ts';
import { Connections } from './sockets/connections.ts';
import { Dispatcher } from './sockets/dispatcher.ts';
import { FrameHandlers } from './sockets/frame-handlers.ts';
import { PersonQuota } from './sockets/person-quota.ts';
import { Restarter } from './sockets/restarter.ts';
import { SocketAdapter } from './sockets/socket.adapter.ts';
import { Sweeper } from './sockets/sweeper.ts';
import { TurnWriter } from './sockets/turn-writer.ts';

const http = [HttpDrain, RedisLink, Notes, Limiter, RequestLimits, SendLimits, AccessTokens, SessionChecks, PersonalTokens, Authenticator];
const sockets = [PersonQuota, Connections, TurnWriter, SocketAdmission, SocketAdapter, FrameHandlers, Dispatcher, Sweeper, Restarter];
const timelines = [TimelineReader, TimelineFanout, CatchUp, HeadsPoller];
const nouns = [
  Registrations,
  RoomComposer,
  JoinedRooms,
  RoomEntrance,
  PresenceReporter,
  UnheardPresence,
  PagesReporter,
  Settler,
  Typists,
  Uploads,
  ResumableUploads,
  SearchNames,
  Searches,
  AuditReader,
  RoomAuditReader,
];
/** Together they handle every frame of the contract, each exactly once. */
const socketGateways = [WelcomeSocket, HeadsSocket, MessagesSocket, RoomsSocket, SessionsSocket, CommandsSocket, InteractionsSocket];

@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [DiscoveryModule, BusModule.forRoot('gateway', config)],
      controllers: [
        ...publicControllers,
        HealthHttp,
        DocsHttp,
        AccountsFanout,
        RoomsFanout,
        PeopleFanout,
        MessagesFanout,
        NotificationsFanout,
        ThreadsFanout,
        FilesFanout,
        BotFanout,
        InteractionsFanout,
        AdminPeopleFanout,
        CanaryFanout,
      ],
      providers: [
        ...http,
        ...sockets,
        ...timelines,
        ...nouns,
        ...socketGateways,
        GatewayMetrics,
        { provide: ENDPOINTS, useValue: declaredEndpoints },
      ],
    };
  }
}
