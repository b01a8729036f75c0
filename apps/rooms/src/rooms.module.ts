import { profileFacts, roomFacts } from '@atrium/contracts';
import { AuditChain, AuditLog, RoomPurge, RoomPurger, RoomPurges, factLog, factsRpc, followFacts } from '@atrium/database';
import { CONFIG, Health, PasswordHasher, dispensableRedis, logOutages, redisAddress } from '@atrium/service-kit';
import { Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';
import { BotsRepository } from './bots/bots.repository.ts';
import { BotsService } from './bots/bots.service.ts';
import { BotsRpc } from './bots/bots.rpc.ts';
import { RemovedBotsConsumer } from './bots/removed-bots.consumer.ts';
import { RemovedBots } from './bots/removed-bots.service.ts';
import { BansService } from './bans/bans.service.ts';
import { AdminRepository } from './admin/admin.repository.ts';
import { AdminRpc } from './admin/admin.rpc.ts';
import { PurgesRpc } from './purges/purges.rpc.ts';
import { AdminService } from './admin/admin.service.ts';
import { AdminStats } from './admin/admin-stats.service.ts';
import { ClosedPeopleConsumer } from './admin/closed-people.consumer.ts';
import { ClosedPeople } from './admin/closed-people.service.ts';
import { DisabledHosts } from './admin/disabled-hosts.service.ts';
import { DisabledPeopleConsumer } from './admin/disabled-people.consumer.ts';
import { DisabledPeople } from './admin/disabled-people.repository.ts';
import { Chronicle } from './chronicle/chronicle.service.ts';
import { RoomAudit } from './chronicle/room-audit.service.ts';
import type { RoomsConfig } from './config.ts';
import { DirectPeople } from './direct/direct-people.service.ts';
import { DirectRepository } from './direct/direct.repository.ts';
import { DirectRpc } from './direct/direct.rpc.ts';
import { DirectService } from './direct/direct.service.ts';
import { FavouritesRpc } from './favourites/favourites.rpc.ts';
import { FavouritesService } from './favourites/favourites.service.ts';
import { HandsService } from './hands/hands.service.ts';
import { ActingHost } from './hosts/acting-host.service.ts';
import { HostAbsences } from './hosts/host-absences.repository.ts';
import { HostsService } from './hosts/hosts.service.ts';
import { InvitesService } from './invites/invites.service.ts';
import { DoorKeeping } from './lobby/door-keeping.service.ts';
import { Lobby } from './lobby/lobby.service.ts';
import { AdditionsService } from './members/additions.service.ts';
import { AdmissionService } from './members/admission.service.ts';
import { DoorQueue } from './members/door-queue.ts';
import { Arrivals } from './members/arrivals.service.ts';
import { DeparturesService } from './members/departures.service.ts';
import { MemberView } from './members/member-view.service.ts';
import { MembersRepository } from './members/members.repository.ts';
import { MembersService } from './members/members.service.ts';
import { Seating } from './members/seating.service.ts';
import { Mutes } from './mutes/mutes.repository.ts';
import { MutesService } from './mutes/mutes.service.ts';
import { PasswordGuard } from './passwords/password-guard.service.ts';
import { OnlineCounts } from './presence/online-counts.service.ts';
import { PresenceRepository } from './presence/presence.repository.ts';
import { PresenceService } from './presence/presence.service.ts';
import { PresenceWorker } from './presence/presence.worker.ts';
import { SharedRooms } from './shared/shared-rooms.service.ts';
import { SharedRoomsRpc } from './shared/shared-rooms.rpc.ts';
import { TypingRepository } from './presence/typing.repository.ts';
import { TypingService } from './presence/typing.service.ts';
import { ProfileFacts } from './profiles/profile-facts.service.ts';
import { ProfilesService } from './profiles/profiles.service.ts';
import { PurgeRooms, PurgesService } from './purges/purges.service.ts';
import { DirectoryService } from './rooms/directory.service.ts';
import { EntranceRpc } from './rooms/entrance.rpc.ts';
import { ModerationRpc } from './rooms/moderation.rpc.ts';
import { RoomView } from './rooms/room-view.service.ts';
import { RoomsAccess } from './rooms/rooms.access.ts';
import { RoomsRpc } from './rooms/rooms.rpc.ts';
import { RoomsService } from './rooms/rooms.service.ts';
import { SettingsService } from './rooms/settings.service.ts';

const profiles = followFacts(profileFacts, { consumer: 'rooms-profiles', applier: ProfileFacts });
const doors = [
  RoomsRpc,
  DirectRpc,
  FavouritesRpc,
  SharedRoomsRpc,
  ModerationRpc,
  EntranceRpc,
  factsRpc(roomFacts),
  ...profiles.controllers,
  AdminRpc,
  PurgesRpc,
  DisabledPeopleConsumer,
  BotsRpc,
  RemovedBotsConsumer,
  ClosedPeopleConsumer,
];
const useCases = [
  AdminService,
  AdminStats,
  ClosedPeople,
  DisabledHosts,
  RemovedBots,
  RoomsService,
  SettingsService,
  DirectoryService,
  RoomsAccess,
  DirectService,
  DirectPeople,
  RoomView,
  AdmissionService,
  DoorQueue,
  DeparturesService,
  MembersService,
  MemberView,
  PasswordGuard,
  PasswordHasher,
  ProfilesService,
  ProfileFacts,
  Chronicle,
  PresenceService,
  TypingService,
  OnlineCounts,
  HostsService,
  ActingHost,
  Seating,
  Arrivals,
  AdditionsService,
  BansService,
  MutesService,
  InvitesService,
  Lobby,
  DoorKeeping,
  HandsService,
  FavouritesService,
  RoomAudit,
  SharedRooms,
  BotsService,
];
const purges = [RoomPurger, RoomPurges, PurgesService, { provide: RoomPurge, useClass: PurgeRooms }];
const data = [
  MembersRepository,
  DirectRepository,
  Mutes,
  PresenceRepository,
  TypingRepository,
  HostAbsences,
  AuditChain,
  AuditLog,
  AdminRepository,
  DisabledPeople,
  BotsRepository,
];

@Module({
  controllers: doors,
  providers: [
    {
      provide: Redis,
      useFactory: (config: RoomsConfig) =>
        logOutages(new Redis({ ...redisAddress(config.REDIS_URL), ...dispensableRedis }), 'presence and typing are off'),
      inject: [CONFIG],
    },
    PresenceWorker,
    factLog(roomFacts, 'room_id'),
    ...profiles.providers,
    ...useCases,
    ...purges,
    ...data,
  ],
})
export class RoomsModule implements OnModuleInit, OnModuleDestroy {
  constructor(
    private readonly redis: Redis,
    private readonly health: Health,
  ) {}

  onModuleInit(): void {
    // Optional: without Redis people still meet and talk, only nobody sees who is there.
    this.health.register('redis', async () => void (await this.redis.ping()), { optional: true });
  }

  onModuleDestroy(): void {
    this.redis.disconnect();
  }
}
