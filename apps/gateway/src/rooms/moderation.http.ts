import { RpcClient, type CallOptions } from '@atrium/bus';
import { Ban, Member, RoomAuditEntry, listOf, rooms } from '@atrium/contracts';
import { Body, Controller, Query } from '@nestjs/common';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { RoomId, UserId } from '../http/ids.ts';
import { RoomAuditReader } from './room-audit.ts';
import { Settler } from './settler.ts';

const PageQuery = rooms.bans.input.omit({ roomId: true });
const AuditQuery = rooms.audit.input.omit({ roomId: true, before: true });
const BanBody = rooms.ban.input.omit({ roomId: true, userId: true });
const MuteBody = rooms.mute.input.omit({ roomId: true, userId: true });
const ReasonBody = rooms.unban.input.pick({ reason: true });
const AddBody = rooms.addMembers.input.pick({ userIds: true });
const HandBody = rooms.raiseHand.input.omit({ roomId: true });

/** What moderators and the host do to keep a room in order. */
@Controller()
export class ModerationHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly settler: Settler,
    private readonly log: RoomAuditReader,
  ) {}

  @Endpoint('POST /api/rooms/:roomId/members', {
    scope: 'rooms:write',
    summary: 'Add people at once; moderators and the host. Who could not be added is named with the reason',
    reply: z.object({ items: z.array(Member), refused: rooms.addMembers.output.shape.refused }),
    codes: rooms.addMembers.codes,
  })
  async add(@RoomId() roomId: string, @Body({ schema: AddBody }) body: z.output<typeof AddBody>, @Caller() call: CallOptions) {
    const { items, refused, fact } = await this.rpc.call(rooms.addMembers, { ...body, roomId }, call);
    await this.settler.roomChanged(fact, call);
    return { items, refused };
  }

  @Endpoint('POST /api/rooms/:roomId/members/:userId/ban', {
    scope: 'rooms:write',
    summary: 'Keep someone out, until a time or for good; also someone who is not in the room',
    codes: rooms.ban.codes,
  })
  async ban(
    @RoomId() roomId: string,
    @UserId() userId: string,
    @Body({ schema: BanBody }) body: z.output<typeof BanBody>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    const { fact } = await this.rpc.call(rooms.ban, { ...body, roomId, userId }, call);
    await this.settler.confirm(fact, 'The person is banned', call);
  }

  @Endpoint('POST /api/rooms/:roomId/members/:userId/unban', {
    scope: 'rooms:write',
    summary: 'Let someone come back who was banned or removed',
    codes: rooms.unban.codes,
  })
  async unban(
    @RoomId() roomId: string,
    @UserId() userId: string,
    @Body({ schema: ReasonBody }) body: z.output<typeof ReasonBody>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    const { fact } = await this.rpc.call(rooms.unban, { ...body, roomId, userId }, call);
    await this.settler.roomChanged(fact, call);
  }

  @Endpoint('GET /api/rooms/:roomId/bans', {
    scope: 'rooms:read',
    summary: 'Who is kept out, why and until when; moderators and the host',
    reply: listOf(Ban),
    codes: rooms.bans.codes,
  })
  bans(@RoomId() roomId: string, @Query({ schema: PageQuery }) query: z.output<typeof PageQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(rooms.bans, { ...query, roomId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/members/:userId/mute', {
    scope: 'rooms:write',
    summary: 'Keep a member from writing until a time, at most 28 days ahead',
    codes: rooms.mute.codes,
  })
  async mute(
    @RoomId() roomId: string,
    @UserId() userId: string,
    @Body({ schema: MuteBody }) body: z.output<typeof MuteBody>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    const { fact } = await this.rpc.call(rooms.mute, { ...body, roomId, userId }, call);
    await this.settler.confirm(fact, 'The member is muted', call);
  }

  @Endpoint('POST /api/rooms/:roomId/members/:userId/unmute', {
    scope: 'rooms:write',
    summary: 'Let a muted member write again',
    codes: rooms.unmute.codes,
  })
  async unmute(
    @RoomId() roomId: string,
    @UserId() userId: string,
    @Body({ schema: ReasonBody }) body: z.output<typeof ReasonBody>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    const { fact } = await this.rpc.call(rooms.unmute, { ...body, roomId, userId }, call);
    await this.settler.confirm(fact, 'The member may write again', call);
  }

  @Endpoint('POST /api/rooms/:roomId/hand', {
    scope: 'rooms:write',
    summary: 'Raise or lower the caller’s hand; moderators may lower another’s',
    codes: rooms.raiseHand.codes,
  })
  async hand(
    @RoomId() roomId: string,
    @Body({ schema: HandBody }) body: z.output<typeof HandBody>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    await this.rpc.call(rooms.raiseHand, { ...body, roomId }, call);
  }

  @Endpoint('DELETE /api/rooms/:roomId/hands', {
    scope: 'rooms:write',
    summary: 'Lower everybody’s hand; moderators and the host',
    codes: rooms.lowerHands.codes,
  })
  async lowerHands(@RoomId() roomId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(rooms.lowerHands, { roomId }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/audit', {
    scope: 'rooms:read',
    summary: 'Who did what to whom, when and why, the latest first; moderators and the host',
    reply: listOf(RoomAuditEntry),
    codes: rooms.audit.codes,
  })
  audit(@RoomId() roomId: string, @Query({ schema: AuditQuery }) query: z.output<typeof AuditQuery>, @Caller() call: CallOptions) {
    return this.log.page({ ...query, roomId }, call);
  }
}
