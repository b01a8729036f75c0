import { RpcClient, type CallOptions } from '@atrium/bus';
import { accounts, files, messages, rooms } from '@atrium/contracts';
import { Controller, Logger, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { linesOf, zipOf } from './export-archive.ts';

const PAGE = 100;

@Controller()
export class ExportHttp {
  private readonly logger = new Logger('export');

  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/me/export', {
    scope: 'session',
    summary:
      'Everything about the caller as a zip: profile, sessions and rooms as JSON; credits, messages, files’ metadata and questions as JSON Lines',
    produces: 'application/zip',
  })
  async export(@Caller() call: CallOptions, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    // These in the usual time of a request, before anything is promised; the rest may take as long as there is something.
    const [profile, sessions, joined] = await Promise.all([
      this.rpc.call(accounts.getMe, {}, call),
      this.rpc.call(accounts.listSessions, {}, call),
      this.rpc.call(rooms.listJoined, {}, call),
    ]);
    const { deadlineAt: _deadlineAt, ...patient } = call;
    const page = (cursor: string | undefined) => ({ cursor, limit: PAGE });
    const archive = zipOf({
      'profile.json': [JSON.stringify(profile, null, 2)],
      'sessions.json': [JSON.stringify(sessions.items, null, 2)],
      'rooms.json': [JSON.stringify(joined.items, null, 2)],
      'credits.jsonl': linesOf((cursor) => this.rpc.call(accounts.getCredits, page(cursor), patient)),
      'messages.jsonl': linesOf((cursor) => this.rpc.call(messages.written, page(cursor), patient)),
      'files.jsonl': linesOf((cursor) => this.rpc.call(files.uploaded, page(cursor), patient)),
      'questions.jsonl': linesOf((cursor) => this.rpc.call(files.asked, page(cursor), patient)),
    });
    archive.once('error', (error) => this.logger.warn(`an export broke off: ${error.message}`));
    void reply.headers({ 'content-disposition': 'attachment; filename="atrium-export.zip"', 'cache-control': 'no-store' });
    return new StreamableFile(archive, { type: 'application/zip' });
  }
}
