import { RpcClient, type CallOptions } from '@atrium/bus';
import { Answer, AnswerHistory, files, Guide } from '@atrium/contracts';
import { Body, Controller, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { Caller, IdempotencyKey } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { AnswerId, FileId, RoomId } from '../http/ids.ts';
import { exportAnswers } from './answer-export.ts';
import { streamAnswer } from './answer-stream.ts';
import { contentDisposition } from './content-headers.ts';

const AskBody = files.ask.input.pick({ question: true });
const AskRoomBody = files.askRoom.input.pick({ question: true, fileIds: true });
const Feedback = files.rateAnswer.input.pick({ helpful: true });
const EXPORT_PAGE = 100;
const HistoryQuery = files.askHistory.input.omit({ roomId: true, fileId: true });

@Controller()
export class AskHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('POST /api/rooms/:roomId/files/:fileId/chat', {
    scope: 'files:write',
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
    scope: 'files:read',
    summary: 'What the caller asked this file',
    reply: AnswerHistory,
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
    scope: 'files:write',
    summary: 'Forget what the caller asked this file',
    codes: files.clearAskHistory.codes,
  })
  async clear(@RoomId() roomId: string, @FileId() fileId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(files.clearAskHistory, { roomId, fileId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/ask', {
    scope: 'files:write',
    summary: 'Ask every ready file of the room, or those named; as a stream with Accept: text/event-stream',
    reply: Answer,
    streams: true,
    idempotencyKey: true,
    codes: files.askRoom.codes,
  })
  async askRoom(
    @RoomId() roomId: string,
    @Body({ schema: AskRoomBody }) body: z.output<typeof AskRoomBody>,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.rpc.call(files.queueStatus, { roomId }, call);
    return deliver(this.rpc.call(files.askRoom, { roomId, ...body, idempotencyKey }, patient(call)), request, reply);
  }

  @Endpoint('GET /api/rooms/:roomId/ask', {
    scope: 'files:read',
    summary: 'What the caller asked the room’s files',
    reply: AnswerHistory,
    codes: files.askRoomHistory.codes,
  })
  roomHistory(
    @RoomId() roomId: string,
    @Query({ schema: HistoryQuery }) query: z.output<typeof HistoryQuery>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(files.askRoomHistory, { ...query, roomId }, call);
  }

  @Endpoint('DELETE /api/rooms/:roomId/ask', {
    scope: 'files:write',
    summary: 'Forget what the caller asked the room’s files',
    codes: files.clearAskRoomHistory.codes,
  })
  async clearRoom(@RoomId() roomId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(files.clearAskRoomHistory, { roomId }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/files/:fileId/chat/export', {
    scope: 'files:read',
    summary: 'What the caller asked this file, as a Markdown document',
    produces: 'text/markdown; charset=utf-8',
    codes: files.askHistory.codes,
  })
  exportFile(
    @RoomId() roomId: string,
    @FileId() fileId: string,
    @Caller() call: CallOptions,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return download(reply, (cursor) => this.rpc.call(files.askHistory, { roomId, fileId, cursor, limit: EXPORT_PAGE }, call));
  }

  @Endpoint('GET /api/rooms/:roomId/ask/export', {
    scope: 'files:read',
    summary: 'What the caller asked the room’s files, as a Markdown document',
    produces: 'text/markdown; charset=utf-8',
    codes: files.askRoomHistory.codes,
  })
  exportRoom(@RoomId() roomId: string, @Caller() call: CallOptions, @Res({ passthrough: true }) reply: FastifyReply) {
    return download(reply, (cursor) => this.rpc.call(files.askRoomHistory, { roomId, cursor, limit: EXPORT_PAGE }, call));
  }

  @Endpoint('PUT /api/rooms/:roomId/answers/:answerId/feedback', {
    scope: 'files:write',
    summary: 'Say whether an answer helped; null takes it back',
    reply: Answer,
    codes: files.rateAnswer.codes,
  })
  rate(
    @RoomId() roomId: string,
    @AnswerId() answerId: string,
    @Body({ schema: Feedback }) { helpful }: z.output<typeof Feedback>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(files.rateAnswer, { roomId, answerId, helpful }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/files/:fileId/guide', {
    scope: 'files:read',
    summary: 'What a file is about, questions that it answers, and what one costs',
    reply: Guide,
    codes: files.guide.codes,
  })
  guide(@RoomId() roomId: string, @FileId() fileId: string, @Caller() call: CallOptions) {
    return this.rpc.call(files.guide, { roomId, fileId }, call);
  }
}

/**
 * A question may take as long as its contract says, not only as long as a request usually does. But first a small call
 * in the usual time shows that files is there and that the caller may ask: a service that hangs is not waited for.
 */
const patient = ({ deadlineAt: _deadlineAt, ...call }: CallOptions): CallOptions => call;

async function download(reply: FastifyReply, page: (cursor?: string) => Promise<AnswerHistory>): Promise<Readable> {
  const first = await page();
  void reply.headers({
    'content-type': 'text/markdown; charset=utf-8',
    'content-disposition': contentDisposition('attachment', 'answers.md'),
  });
  return exportAnswers(first, page);
}

async function deliver(answering: Promise<Answer>, request: FastifyRequest, reply: FastifyReply): Promise<Answer | Readable> {
  if (!request.headers.accept?.includes('text/event-stream')) return answering;
  const stream = await streamAnswer(answering, request.id);
  void reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
  return stream;
}
