import { HandleRpc, requireActor } from '@atrium/bus';
import { rooms, type Call, type ModerationCall, type OutputOf, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { BansService } from '../bans/bans.service.ts';
import { RoomAudit } from '../chronicle/room-audit.service.ts';
import { HandsService } from '../hands/hands.service.ts';
import { AdditionsService } from '../members/additions.service.ts';
import { MutesService } from '../mutes/mutes.service.ts';

type Calls = Pick<typeof rooms, ModerationCall>;
type In<K extends keyof Calls> = ParsedInputOf<Calls[K]>;
type Out<K extends keyof Calls> = Promise<OutputOf<Calls[K]>>;

/** What moderators and the host may ask for. */
@Controller()
export class ModerationRpc implements RpcHandlers<Calls> {
  constructor(
    private readonly keepingOut: BansService,
    private readonly silencing: MutesService,
    private readonly additions: AdditionsService,
    private readonly hands: HandsService,
    private readonly log: RoomAudit,
  ) {}

  @HandleRpc(rooms.ban)
  ban(input: In<'ban'>, call: Call): Out<'ban'> {
    return this.keepingOut.ban(input, call);
  }

  @HandleRpc(rooms.unban)
  unban(input: In<'unban'>, call: Call): Out<'unban'> {
    return this.keepingOut.unban(input, call);
  }

  @HandleRpc(rooms.bans)
  async bans(input: In<'bans'>, call: Call): Out<'bans'> {
    return this.keepingOut.list(requireActor(call), input);
  }

  @HandleRpc(rooms.mute)
  mute(input: In<'mute'>, call: Call): Out<'mute'> {
    return this.silencing.mute(input, call);
  }

  @HandleRpc(rooms.unmute)
  unmute(input: In<'unmute'>, call: Call): Out<'unmute'> {
    return this.silencing.unmute(input, call);
  }

  @HandleRpc(rooms.addMembers)
  addMembers(input: In<'addMembers'>, call: Call): Out<'addMembers'> {
    return this.additions.add(input, call);
  }

  @HandleRpc(rooms.raiseHand)
  async raiseHand(input: In<'raiseHand'>, call: Call): Out<'raiseHand'> {
    await this.hands.raise(input, call);
    return {};
  }

  @HandleRpc(rooms.lowerHands)
  async lowerHands(input: In<'lowerHands'>, call: Call): Out<'lowerHands'> {
    await this.hands.lowerAll(input.roomId, call);
    return {};
  }

  @HandleRpc(rooms.audit)
  async audit(input: In<'audit'>, call: Call): Out<'audit'> {
    return this.log.list(requireActor(call), input);
  }
}
