import { HandleRpc, requireActor } from '@atrium/bus';
import {
  rooms,
  type Call,
  type InviteCall,
  type LobbyCall,
  type ModerationCall,
  type OutputOf,
  type ParsedInputOf,
  type RpcHandlers,
  type roomsAdminRpcs,
} from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { AdmissionService } from '../members/admission.service.ts';
import { DeparturesService } from '../members/departures.service.ts';
import { MembersService } from '../members/members.service.ts';
import { PresenceService } from '../presence/presence.service.ts';
import { TypingService } from '../presence/typing.service.ts';
import { DirectoryService } from './directory.service.ts';
import { RoomsService } from './rooms.service.ts';
import { SettingsService } from './settings.service.ts';

type Rooms = Omit<typeof rooms, keyof typeof roomsAdminRpcs>;
type In<K extends keyof Rooms> = ParsedInputOf<Rooms[K]>;
type Out<K extends keyof Rooms> = Promise<OutputOf<Rooms[K]>>;

/** What other processes may ask of rooms. */
@Controller()
export class RoomsRpc implements RpcHandlers<
  Omit<
    Rooms,
    | 'facts'
    | 'factHeads'
    | 'adminPurges'
    | 'openDirect'
    | 'onlineMembers'
    | 'memberBots'
    | 'roomsOfBots'
    | 'setFavourite'
    | 'sharedRooms'
    | ModerationCall
    | InviteCall
    | LobbyCall
  >
> {
  constructor(
    private readonly rooms: RoomsService,
    private readonly settings: SettingsService,
    private readonly directory: DirectoryService,
    private readonly admission: AdmissionService,
    private readonly departures: DeparturesService,
    private readonly memberships: MembersService,
    private readonly typing: TypingService,
    private readonly presence: PresenceService,
  ) {}

  @HandleRpc(rooms.create)
  create(input: In<'create'>, call: Call): Out<'create'> {
    return this.rooms.create(input, call);
  }

  @HandleRpc(rooms.discover)
  async discover(input: In<'discover'>, call: Call): Out<'discover'> {
    return this.directory.discover(requireActor(call), input);
  }

  @HandleRpc(rooms.listJoined)
  async listJoined(_input: In<'listJoined'>, call: Call): Out<'listJoined'> {
    return this.directory.listJoined(requireActor(call));
  }

  @HandleRpc(rooms.get)
  async get(input: In<'get'>, call: Call): Out<'get'> {
    return this.directory.get(requireActor(call), input.roomId);
  }

  @HandleRpc(rooms.getMembership)
  getMembership(input: In<'getMembership'>): Out<'getMembership'> {
    return this.directory.getMembership(input.roomId, input.userId);
  }

  @HandleRpc(rooms.update)
  update(input: In<'update'>, call: Call): Out<'update'> {
    return this.settings.update(input, call);
  }

  @HandleRpc(rooms.archive)
  archive(input: In<'archive'>, call: Call): Out<'archive'> {
    return this.settings.archive(input.roomId, call);
  }

  @HandleRpc(rooms.toggleBot)
  toggleBot(input: In<'toggleBot'>, call: Call): Out<'toggleBot'> {
    return this.settings.toggleBot(input.roomId, input.enabled, call);
  }

  @HandleRpc(rooms.join)
  join(input: In<'join'>, call: Call): Out<'join'> {
    return this.admission.join(input, call);
  }

  @HandleRpc(rooms.leave)
  leave(input: In<'leave'>, call: Call): Out<'leave'> {
    return this.departures.leave(input, call);
  }

  @HandleRpc(rooms.kick)
  kick(input: In<'kick'>, call: Call): Out<'kick'> {
    return this.departures.kick(input, call);
  }

  @HandleRpc(rooms.members)
  async members(input: In<'members'>, call: Call): Out<'members'> {
    return this.memberships.list(requireActor(call), input);
  }

  @HandleRpc(rooms.setRole)
  setRole(input: In<'setRole'>, call: Call): Out<'setRole'> {
    return this.memberships.setRole(input, call);
  }

  @HandleRpc(rooms.handOver)
  handOver(input: In<'handOver'>, call: Call): Out<'handOver'> {
    return this.memberships.handOver(input, call);
  }

  @HandleRpc(rooms.setTyping)
  async setTyping(input: In<'setTyping'>, call: Call): Out<'setTyping'> {
    await this.typing.set(input.roomId, requireActor(call), input.typing);
    return {};
  }

  @HandleRpc(rooms.reportPresence)
  async reportPresence(input: In<'reportPresence'>): Out<'reportPresence'> {
    await this.presence.report(input.gatewayId, input.users);
    return {};
  }
}
