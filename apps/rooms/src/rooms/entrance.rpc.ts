import { HandleRpc, requireActor } from '@atrium/bus';
import { rooms, type Call, type InviteCall, type LobbyCall, type OutputOf, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { InvitesService } from '../invites/invites.service.ts';
import { DoorKeeping } from '../lobby/door-keeping.service.ts';

type Calls = Pick<typeof rooms, InviteCall | LobbyCall>;
type In<K extends keyof Calls> = ParsedInputOf<Calls[K]>;
type Out<K extends keyof Calls> = Promise<OutputOf<Calls[K]>>;

/** Invites, and the lobby. */
@Controller()
export class EntranceRpc implements RpcHandlers<Calls> {
  constructor(
    private readonly inviting: InvitesService,
    private readonly door: DoorKeeping,
  ) {}

  @HandleRpc(rooms.createInvite)
  createInvite(input: In<'createInvite'>, call: Call): Out<'createInvite'> {
    return this.inviting.create(input, call);
  }

  @HandleRpc(rooms.invites)
  async invites(input: In<'invites'>, call: Call): Out<'invites'> {
    return this.inviting.list(requireActor(call), input.roomId);
  }

  @HandleRpc(rooms.revokeInvites)
  async revokeInvites(input: In<'revokeInvites'>, call: Call): Out<'revokeInvites'> {
    await this.inviting.revoke(input, call);
    return {};
  }

  @HandleRpc(rooms.getInvite)
  getInvite(input: In<'getInvite'>): Out<'getInvite'> {
    return this.inviting.preview(input.code);
  }

  @HandleRpc(rooms.lobby)
  async lobby(input: In<'lobby'>, call: Call): Out<'lobby'> {
    return this.door.list(requireActor(call), input.roomId);
  }

  @HandleRpc(rooms.admit)
  admit(input: In<'admit'>, call: Call): Out<'admit'> {
    return this.door.admit(input, call);
  }

  @HandleRpc(rooms.deny)
  async deny(input: In<'deny'>, call: Call): Out<'deny'> {
    await this.door.deny(input, call);
    return {};
  }

  @HandleRpc(rooms.admitAll)
  admitAll(input: In<'admitAll'>, call: Call): Out<'admitAll'> {
    return this.door.admitAll(input.roomId, call);
  }

  @HandleRpc(rooms.ownRequest)
  async ownRequest(input: In<'ownRequest'>, call: Call): Out<'ownRequest'> {
    return this.door.ownRequest(requireActor(call), input.roomId);
  }

  @HandleRpc(rooms.withdrawRequest)
  async withdrawRequest(input: In<'withdrawRequest'>, call: Call): Out<'withdrawRequest'> {
    await this.door.withdraw(requireActor(call), input.roomId);
    return {};
  }
}
