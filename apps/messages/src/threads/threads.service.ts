import { Id, Instant, validationError, type OutputOf, type ParsedInputOf, type Thread, type messages } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import type { MessageRow } from '../messages/message.row.ts';
import { myThreadsQuery, threadsQuery } from './threads-query.ts';

type ThreadRow = MessageRow & { participants: string[] | null; following: boolean; unread: number };

/** A thread that somebody sees was answered since they joined; the clocks that say so are of two services. */
const CLOCKS_DIFFER_MS = 3_600_000;

/** Threads of a room, the one with the newest reply first. */
@Injectable()
export class ThreadsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly messages: MessagesRepository,
  ) {}

  async list(actorId: string, input: ParsedInputOf<typeof messages.threads>): Promise<OutputOf<typeof messages.threads>> {
    const { visibleFrom, horizon } = await this.access.requireMember(input.roomId, actorId);
    const { sql, parameters } = threadsQuery({ roomId: input.roomId, userId: actorId }, input.filter, {
      visibleFrom,
      activeSince: horizon && new Date(horizon.at.getTime() - CLOCKS_DIFFER_MS),
      after: input.cursor === undefined ? null : readCursor(input.cursor),
      limit: input.limit + 1,
    });
    const page = await this.read(actorId, { sql, parameters, limit: input.limit });
    return { items: page.items, nextCursor: page.more && `${page.more.lastReplyAt}_${page.more.root.seq}` };
  }

  async listMine(actorId: string, input: ParsedInputOf<typeof messages.myThreads>): Promise<OutputOf<typeof messages.myThreads>> {
    const after = input.cursor === undefined ? null : readCursorOfMine(input.cursor);
    const query = myThreadsQuery(actorId, input.filter, { after, limit: input.limit + 1 });
    const page = await this.read(actorId, { ...query, limit: input.limit });
    return { items: page.items, nextCursor: page.more && `${page.more.lastReplyAt}_${page.more.root.id}` };
  }

  /** @returns the threads, and the last of them where there are more */
  private async read(
    actorId: string,
    query: { sql: string; parameters: unknown[]; limit: number },
  ): Promise<{ items: Thread[]; more: Thread | null }> {
    const rows = await this.em.execute<ThreadRow[]>(query.sql, query.parameters);
    const shown = rows.slice(0, query.limit);
    const roots = await this.messages.toMessages(this.em, shown, actorId);
    const items = shown.map((row, index) => ({
      root: roots[index]!,
      participants: row.participants ?? [],
      following: row.following,
      unread: row.unread,
      lastReplyAt: roots[index]!.lastReplyAt!,
    }));
    return { items, more: rows.length > query.limit ? (items.at(-1) ?? null) : null };
  }
}

/** @throws AppError `validation_failed` for what no page of this list ended with */
function readCursor(cursor: string): { at: string; seq: number } {
  const [at = '', seq = ''] = cursor.split('_');
  if (Instant.safeParse(at).success && /^\d{1,9}$/.test(seq)) return { at, seq: Number(seq) };
  throw validationError([{ path: ['cursor'], message: 'is not one this list gave out' }]);
}

function readCursorOfMine(cursor: string): { at: string; rootId: string } {
  const [at = '', rootId = ''] = cursor.split('_');
  if (Instant.safeParse(at).success && Id.safeParse(rootId).success) return { at, rootId };
  throw validationError([{ path: ['cursor'], message: 'is not one this list gave out' }]);
}
