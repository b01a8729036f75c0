import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, Member, Room, Waiting, listOf, messages, rooms, type InputOf } from '@atrium/contracts';
import { Body, Controller, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Caller, IdempotencyKey } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { RoomId } from '../http/ids.ts';
import { JoinedRooms } from './joined-rooms.ts';
import { RoomComposer } from './room.composer.ts';
import { Settler } from './settler.ts';
import { Typists } from './typists.ts';

const ListQuery = z.object({ scope: z.enum(['joined', 'discover']).default('joined') }).extend(rooms.discover.input.shape);
const CreateBody = rooms.create.input.omit({ idempotencyKey: true });
const UpdateBody = rooms.update.input.omit({ roomId: true });
const JoinBody = rooms.join.input.pick({ password: true, inviteCode: true, linkKey: true });
const LeaveBody = rooms.leave.input.pick({ successorId: true });
const TypingBody = rooms.setTyping.input.pick({ typing: true });
const ToggleBody = rooms.toggleBot.input.pick({ enabled: true });

@Controller()
export class RoomsHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly typists: Typists,
    private readonly composer: RoomComposer,
    private readonly joined: JoinedRooms,
    private readonly settler: Settler,
  ) {}

  @Endpoint('GET /api/rooms', {
    scope: 'rooms:read',
    summary: 'The caller’s rooms by latest activity, or rooms to discover',
    reply: listOf(Room),
  })
  async list(@Query({ schema: ListQuery }) { scope, ...query }: z.output<typeof ListQuery>, @Caller() call: CallOptions) {
    if (scope === 'joined') return this.joined.list(query, call);
    const { items, nextCursor } = await this.rpc.call(rooms.discover, query, call);
    const composed = await this.composer.composeAll(items, call);
    return { items: composed.map(({ room }) => room), nextCursor };
  }

  @Endpoint('POST /api/rooms', {
    scope: 'rooms:write',
    summary: 'Create a room; the caller becomes its host',
    reply: Room,
    status: 201,
    idempotencyKey: true,
    codes: rooms.create.codes,
  })
  async create(
    @Body({ schema: CreateBody }) body: z.output<typeof CreateBody>,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Caller() call: CallOptions,
  ): Promise<Room> {
    const { room, fact } = await this.rpc.call(rooms.create, { ...body, idempotencyKey }, call);
    await this.settler.roomChanged(fact, call);
    return this.composer.compose(room, call);
  }

  @Endpoint('GET /api/rooms/:roomId', { scope: 'rooms:read', summary: 'One room', reply: Room, codes: rooms.get.codes })
  async get(@RoomId() roomId: string, @Caller() call: CallOptions): Promise<Room> {
    return this.composer.compose(await this.rpc.call(rooms.get, { roomId }, call), call);
  }

  @Endpoint('PATCH /api/rooms/:roomId', {
    scope: 'rooms:write',
    summary: 'Change settings; the host only',
    reply: Room,
    codes: rooms.update.codes,
  })
  async update(
    @RoomId() roomId: string,
    @Body({ schema: UpdateBody }) body: z.output<typeof UpdateBody>,
    @Caller() call: CallOptions,
  ): Promise<Room> {
    const { room, fact } = await this.rpc.call(rooms.update, { ...body, roomId }, call);
    await this.settler.confirm(fact, 'The settings are changed', call);
    return this.composer.compose(room, call);
  }

  @Endpoint('DELETE /api/rooms/:roomId', { scope: 'rooms:write', summary: 'Archive the room; host or admin', codes: rooms.archive.codes })
  async archive(@RoomId() roomId: string, @Caller() call: CallOptions): Promise<void> {
    const { fact } = await this.rpc.call(rooms.archive, { roomId }, call);
    await this.settler.confirm(fact, 'The room is archived', call);
  }

  @Endpoint('POST /api/rooms/:roomId/join', {
    scope: 'rooms:write',
    summary: 'Join a room, or ask to be let in where the lobby is on',
    also: { 202: { means: 'The lobby is on: a moderator decides', reply: Waiting } },
    reply: z.object({ room: Room, member: Member }),
    codes: rooms.join.codes,
  })
  async join(
    @RoomId() roomId: string,
    @Body({ schema: JoinBody }) body: z.output<typeof JoinBody>,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const joined = await this.joinOrWait({ ...body, roomId, address: request.address }, call);
    if ('waiting' in joined) {
      void reply.code(202);
      return joined.waiting;
    }
    const { room, member, fact } = joined;
    await this.settler.roomChanged(fact, call);
    return { room: await this.composer.compose(room, call), member };
  }

  @Endpoint('POST /api/rooms/:roomId/leave', {
    scope: 'rooms:write',
    summary: 'Leave a room, naming who shall be host if the caller is',
    reply: z.object({ newHostId: z.uuid().optional(), archived: z.boolean() }),
    codes: rooms.leave.codes,
  })
  async leave(@RoomId() roomId: string, @Body({ schema: LeaveBody }) body: z.output<typeof LeaveBody>, @Caller() call: CallOptions) {
    const { newHostId, archived, hides, fact } = await this.rpc.call(rooms.leave, { ...body, roomId }, call);
    if (hides) await this.rpc.call(messages.setHidden, { roomId, hidden: true }, call);
    await this.settler.confirm(fact, 'You have left the room', call);
    return { ...(newHostId === null ? {} : { newHostId }), archived };
  }

  @Endpoint('POST /api/rooms/:roomId/typing', {
    scope: 'messages:write',
    summary: 'Say that the caller types, or stopped',
    codes: rooms.setTyping.codes,
  })
  async typing(
    @RoomId() roomId: string,
    @Body({ schema: TypingBody }) body: z.output<typeof TypingBody>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    await this.typists.set(call, { ...body, roomId });
  }

  @Endpoint('POST /api/rooms/:roomId/bot/toggle', {
    scope: 'rooms:write',
    summary: 'Switch the room bot on or off; without a value, flip it',
    reply: z.object({ botEnabled: z.boolean() }),
    codes: rooms.toggleBot.codes,
  })
  async toggleBot(@RoomId() roomId: string, @Body({ schema: ToggleBody }) body: z.output<typeof ToggleBody>, @Caller() call: CallOptions) {
    const { botEnabled, fact } = await this.rpc.call(rooms.toggleBot, { ...body, roomId }, call);
    await this.settler.confirm(fact, `The bot is switched ${botEnabled ? 'on' : 'off'}`, call);
    return { botEnabled };
  }

  @Endpoint('PUT /api/rooms/:roomId/favourite', {
    scope: 'rooms:write',
    summary: 'Put the room first in the caller’s own list',
    codes: rooms.setFavourite.codes,
  })
  async favour(@RoomId() roomId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(rooms.setFavourite, { roomId, favourite: true }, call);
  }

  @Endpoint('DELETE /api/rooms/:roomId/favourite', {
    scope: 'rooms:write',
    summary: 'Let the room stand among the others in the caller’s own list',
    codes: rooms.setFavourite.codes,
  })
  async disfavour(@RoomId() roomId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(rooms.setFavourite, { roomId, favourite: false }, call);
  }

  /** Waiting is an outcome to people, while to rooms nobody has joined. */
  private async joinOrWait(input: InputOf<typeof rooms.join>, call: CallOptions) {
    try {
      return await this.rpc.call(rooms.join, input, call);
    } catch (error) {
      const refusal = AppError.from(error);
      if (refusal.code !== 'waiting_in_lobby') throw error;
      return { waiting: Waiting.parse(refusal.data['waiting']) };
    }
  }
}
