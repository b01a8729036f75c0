import { Instant, validationError, type OutputOf, type ParsedInputOf, type messages } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import type { MessageRow } from '../messages/message.row.ts';
import { threadsQuery } from './threads-query.ts';

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
    const rows = await this.em.execute<ThreadRow[]>(sql, parameters);
    const shown = rows.slice(0, input.limit);
    const roots = await this.messages.toMessages(this.em, shown);
    const items = shown.map((row, index) => ({
      root: roots[index]!,
      participants: row.participants ?? [],
      following: row.following,
      unread: row.unread,
      lastReplyAt: roots[index]!.lastReplyAt!,
    }));
    const last = items.at(-1);
    return { items, nextCursor: rows.length > input.limit && last ? `${last.lastReplyAt}_${last.root.seq}` : null };
  }
}

/** @throws AppError `validation_failed` for what no page of this list ended with */
function readCursor(cursor: string): { at: string; seq: number } {
  const [at = '', seq = ''] = cursor.split('_');
  if (Instant.safeParse(at).success && /^\d{1,9}$/.test(seq)) return { at, seq: Number(seq) };
  throw validationError([{ path: ['cursor'], message: 'is not one this list gave out' }]);
}
