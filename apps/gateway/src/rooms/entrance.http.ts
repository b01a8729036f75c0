import { RpcClient, type CallOptions } from '@atrium/bus';
import { Id, Invite, InvitePreview, LobbyRequest, Waiting, rooms } from '@atrium/contracts';
import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Caller, IdempotencyKey } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { RoomId, UserId } from '../http/ids.ts';
import { Settler } from './settler.ts';

const InviteBody = rooms.createInvite.input.omit({ roomId: true, idempotencyKey: true });
const RevokeQuery = rooms.revokeInvites.input.pick({ code: true });
/** With the address that can be passed on. */
const InviteLink = Invite.extend({ url: z.string() });

/** The ways into a room beside its password: invites, and the lobby. */
@Controller()
export class EntranceHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly settler: Settler,
  ) {}

  @Endpoint('POST /api/rooms/:roomId/invites', {
    scope: 'rooms:write',
    summary: 'Make an invite, which passes the password but neither the lock nor a ban; moderators and the host',
    reply: InviteLink,
    status: 201,
    idempotencyKey: true,
    codes: rooms.createInvite.codes,
  })
  async invite(
    @RoomId() roomId: string,
    @Body({ schema: InviteBody }) body: z.output<typeof InviteBody>,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
  ) {
    return withUrl(await this.rpc.call(rooms.createInvite, { ...body, roomId, idempotencyKey }, call), request);
  }

  @Endpoint('GET /api/rooms/:roomId/invites', {
    scope: 'rooms:read',
    summary: 'The invites that still let people in, the newest first; moderators and the host',
    reply: z.object({ items: z.array(InviteLink) }),
    codes: rooms.invites.codes,
  })
  async invites(@RoomId() roomId: string, @Caller() call: CallOptions, @Req() request: FastifyRequest) {
    const { items } = await this.rpc.call(rooms.invites, { roomId }, call);
    return { items: items.map((invite) => withUrl(invite, request)) };
  }

  @Endpoint('DELETE /api/rooms/:roomId/invites', {
    scope: 'rooms:write',
    summary: 'Take back all invites, or the one with this code',
    codes: rooms.revokeInvites.codes,
  })
  async revokeAll(
    @RoomId() roomId: string,
    @Query({ schema: RevokeQuery }) query: z.output<typeof RevokeQuery>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    await this.rpc.call(rooms.revokeInvites, { ...query, roomId }, call);
  }

  @Endpoint('DELETE /api/rooms/:roomId/invites/:code', {
    scope: 'rooms:write',
    summary: 'Take back one invite',
    codes: rooms.revokeInvites.codes,
  })
  async revoke(@RoomId() roomId: string, @Param('code') code: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(rooms.revokeInvites, { roomId, code }, call);
  }

  @Endpoint('GET /api/invites/:code', {
    public: true,
    summary: 'Which room an invite is for, and whether it still lets people in; for anyone who holds it',
    reply: InvitePreview,
    codes: rooms.getInvite.codes,
  })
  preview(@Param('code') code: string, @Caller() call: CallOptions) {
    return this.rpc.call(rooms.getInvite, { code }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/lobby', {
    scope: 'rooms:read',
    summary: 'Who waits to be let in, first come first; moderators and the host',
    reply: z.object({ items: z.array(LobbyRequest) }),
    codes: rooms.lobby.codes,
  })
  lobby(@RoomId() roomId: string, @Caller() call: CallOptions) {
    return this.rpc.call(rooms.lobby, { roomId }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/lobby/me', {
    scope: 'rooms:read',
    summary: 'What the caller waits for: all that they are told of the room',
    reply: Waiting,
    codes: rooms.ownRequest.codes,
  })
  ownRequest(@RoomId() roomId: string, @Caller() call: CallOptions) {
    return this.rpc.call(rooms.ownRequest, { roomId }, call);
  }

  @Endpoint('DELETE /api/rooms/:roomId/lobby/me', { scope: 'rooms:write', summary: 'Stop waiting to be let in' })
  async withdraw(@RoomId() roomId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(rooms.withdrawRequest, { roomId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/lobby/admit-all', {
    scope: 'rooms:write',
    summary: 'Let in everyone who waits, as far as there is room; says how many still wait',
    reply: z.object({ admitted: z.array(Id), waiting: z.int() }),
    codes: rooms.admitAll.codes,
  })
  async admitAll(@RoomId() roomId: string, @Caller() call: CallOptions) {
    const { admitted, waiting, fact } = await this.rpc.call(rooms.admitAll, { roomId }, call);
    await this.settler.roomChanged(fact, call);
    return { admitted, waiting };
  }

  @Endpoint('POST /api/rooms/:roomId/lobby/:userId/admit', {
    scope: 'rooms:write',
    summary: 'Let in someone who waits',
    codes: rooms.admit.codes,
  })
  async admit(@RoomId() roomId: string, @UserId() userId: string, @Caller() call: CallOptions): Promise<void> {
    const { fact } = await this.rpc.call(rooms.admit, { roomId, userId }, call);
    await this.settler.roomChanged(fact, call);
  }

  @Endpoint('POST /api/rooms/:roomId/lobby/:userId/deny', {
    scope: 'rooms:write',
    summary: 'Turn away someone who waits',
    codes: rooms.deny.codes,
  })
  async deny(@RoomId() roomId: string, @UserId() userId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(rooms.deny, { roomId, userId }, call);
  }
}

const withUrl = (invite: Invite, { protocol, host }: FastifyRequest) => ({ ...invite, url: `${protocol}://${host}/invite/${invite.code}` });
