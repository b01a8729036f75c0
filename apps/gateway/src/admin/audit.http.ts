import { RpcClient, type CallOptions } from '@atrium/bus';
import { AuditEntry, Id, Limit, accounts, auditFilter, listOf } from '@atrium/contracts';
import { Controller, Query, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { AuditReader, type AuditQuery } from './audit-reader.ts';

const AuditLogQuery = z.object({
  ...auditFilter,
  /** An id, or a username. */
  actor: z.string().min(1).max(64).optional(),
  format: z.enum(['json', 'jsonl']).default('json'),
  cursor: Id.optional(),
  limit: Limit,
});

/** Lines of the export that are read at once. */
const EXPORTED_AT_ONCE = 500;

/** The log of every service as one. */
@Controller()
export class AdminAuditHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly reader: AuditReader,
  ) {}

  @Endpoint('GET /api/admin/audit', {
    scope: 'admin',
    summary: 'Who did what to whom, when and why, newest first; `format=jsonl` exports all that matches as JSON Lines; admins only',
    reply: listOf(AuditEntry),
    produces: 'application/jsonl',
    codes: accounts.adminAudit.codes,
  })
  async read(
    @Query({ schema: AuditLogQuery }) { actor, format, cursor, limit, ...filter }: z.output<typeof AuditLogQuery>,
    @Caller() call: CallOptions,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const actorId = actor === undefined ? undefined : await this.idOf(actor, call);
    const nobody = actorId === null;
    const query: AuditQuery = { ...filter, actorId: actorId ?? undefined, before: cursor };
    if (format === 'json') {
      // An actor who does not exist has done nothing; whoever may not ask is told so all the same.
      return nobody ? { items: [], nextCursor: null } : this.reader.page(query, limit, call);
    }
    // The first page is read before the reply begins, so that a refusal is one.
    const first = nobody ? { items: [], nextCursor: null } : await this.reader.page(query, EXPORTED_AT_ONCE, call);
    const name = `audit-${new Date().toISOString().slice(0, 10)}.jsonl`;
    void reply.headers({ 'content-type': 'application/jsonl; charset=utf-8', 'content-disposition': `attachment; filename="${name}"` });
    return new StreamableFile(Readable.from(this.reader.lines(query, first, { ...call, limit: EXPORTED_AT_ONCE })));
  }

  /** Null for a name that nobody has. */
  private async idOf(actor: string, call: CallOptions): Promise<string | null> {
    const id = Id.safeParse(actor);
    if (id.success) return id.data;
    const username = actor.toLowerCase().replace(/^@/, '');
    const { items } = await this.rpc.call(accounts.adminUsers, { query: username, limit: 100 }, call);
    return items.find((user) => user.username === username)?.id ?? null;
  }
}
