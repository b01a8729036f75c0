import { RpcClient, type CallOptions } from '@atrium/bus';
import { Answer, files, listOf } from '@atrium/contracts';
import { Body, Controller, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { Caller, IdempotencyKey } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { FileId, RoomId } from '../http/ids.ts';
import { streamAnswer } from './answer-stream.ts';

const AskBody = files.ask.input.pick({ question: true });
const HistoryQuery = files.askHistory.input.omit({ roomId: true, fileId: true });

@Controller()
export class AskHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('POST /api/rooms/:roomId/files/:fileId/chat', {
    summary: 'Ask a file; as a stream with Accept: text/event-stream',
    reply: Answer,
    streams: true,
    idempotencyKey: true,
    codes: files.ask.codes,
  })
  async askFile(
    @RoomId() roomId: string,
    @FileId() fileId: string,
    @Body({ schema: AskBody }) { question }: z.output<typeof AskBody>,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.rpc.call(files.get, { roomId, fileId }, call);
    const answering = this.rpc.call(files.ask, { roomId, fileId, question, idempotencyKey }, patient(call));
    return deliver(answering, request, reply);
  }

  @Endpoint('GET /api/rooms/:roomId/files/:fileId/chat', {
    summary: 'What the caller asked this file',
    reply: listOf(Answer),
    codes: files.askHistory.codes,
  })
  history(
    @RoomId() roomId: string,
    @FileId() fileId: string,
    @Query({ schema: HistoryQuery }) query: z.output<typeof HistoryQuery>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(files.askHistory, { ...query, roomId, fileId }, call);
  }

  @Endpoint('DELETE /api/rooms/:roomId/files/:fileId/chat', {
    summary: 'Forget what the caller asked this file',
    codes: files.clearAskHistory.codes,
  })
  async clear(@RoomId() roomId: string, @FileId() fileId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(files.clearAskHistory, { roomId, fileId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/ask', {
    summary: 'Ask every ready file of the room; as a stream with Accept: text/event-stream',
    reply: Answer,
    streams: true,
    idempotencyKey: true,
    codes: files.askRoom.codes,
  })
  async askRoom(
    @RoomId() roomId: string,
    @Body({ schema: AskBody }) { question }: z.output<typeof AskBody>,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.rpc.call(files.queueStatus, { roomId }, call);
    return deliver(this.rpc.call(files.askRoom, { roomId, question, idempotencyKey }, patient(call)), request, reply);
  }

  @Endpoint('GET /api/rooms/:roomId/ask', {
    summary: 'What the caller asked the room’s files',
    reply: listOf(Answer),
    codes: files.askRoomHistory.codes,
  })
  roomHistory(
    @RoomId() roomId: string,
    @Query({ schema: HistoryQuery }) query: z.output<typeof HistoryQuery>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(files.askRoomHistory, { ...query, roomId }, call);
  }
}

/**
 * A question may take as long as its contract says, not only as long as a request usually does. But first a small call
 * in the usual time shows that files is there and that the caller may ask: a service that hangs is not waited for.
 */
const patient = ({ deadlineAt: _deadlineAt, ...call }: CallOptions): CallOptions => call;

async function deliver(answering: Promise<Answer>, request: FastifyRequest, reply: FastifyReply): Promise<Answer | Readable> {
  if (!request.headers.accept?.includes('text/event-stream')) return answering;
  const stream = await streamAnswer(answering, request.id);
  void reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
  return stream;
}
