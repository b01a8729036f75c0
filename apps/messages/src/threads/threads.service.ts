import { Id, Instant, type OutputOf, type ParsedInputOf, type Thread, type messages } from '@atrium/contracts';
import { readCursor, writeCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AccessService } from '../access/access.service.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import type { MessageRow } from '../messages/message.row.ts';
import { myThreadsQuery, threadsQuery } from './threads-query.ts';

type ThreadRow = MessageRow & { participants: string[] | null; following: boolean; unread: number };

const PlaceInRoom = z.tuple([Instant, z.int().min(0).max(999_999_999)]).transform(([at, seq]) => ({ at, seq }));
const PlaceOfMine = z.tuple([Instant, Id]).transform(([at, rootId]) => ({ at, rootId }));
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
      after: readCursor(input.cursor, PlaceInRoom) ?? null,
      limit: input.limit + 1,
    });
    const page = await this.read(actorId, { sql, parameters, limit: input.limit });
    return { items: page.items, nextCursor: page.more && writeCursor([page.more.lastReplyAt, page.more.root.seq]) };
  }

  async listMine(actorId: string, input: ParsedInputOf<typeof messages.myThreads>): Promise<OutputOf<typeof messages.myThreads>> {
    const after = readCursor(input.cursor, PlaceOfMine) ?? null;
    const query = myThreadsQuery(actorId, input.filter, { after, limit: input.limit + 1 });
    const page = await this.read(actorId, { ...query, limit: input.limit });
    return { items: page.items, nextCursor: page.more && writeCursor([page.more.lastReplyAt, page.more.root.id]) };
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
