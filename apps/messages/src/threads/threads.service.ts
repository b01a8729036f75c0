import { Instant, validationError, type OutputOf, type ParsedInputOf, type messages } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import type { MessageRow } from '../messages/message.row.ts';

type ThreadRow = MessageRow & { participants: string[] | null; following: boolean; unread: number };

const FILTERS = {
  all: 'true',
  following: 'coalesce(f.following, false)',
  unread: 'coalesce(f.following, false) and u.unread > 0',
} as const;

/** Threads of a room, the one with the newest reply first. */
@Injectable()
export class ThreadsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly messages: MessagesRepository,
  ) {}

  async list(actorId: string, input: ParsedInputOf<typeof messages.threads>): Promise<OutputOf<typeof messages.threads>> {
    const { visibleFrom } = await this.access.requireMember(input.roomId, actorId);
    const rows = await this.findRows(actorId, { ...input, visibleFrom });
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

  private findRows(actorId: string, input: ParsedInputOf<typeof messages.threads> & { visibleFrom: number }): Promise<ThreadRow[]> {
    const after = input.cursor === undefined ? null : readCursor(input.cursor);
    return this.em.execute<ThreadRow[]>(
      `select m.*, coalesce(f.following, false) as following, u.unread,
              (select array_agg(p.author_id) from (
                 select author_id, max(seq) from messages where parent_id = m.id and deleted_at is null group by author_id order by 2 desc limit 5) p) as participants
         from messages m
         join access a on a.room_id = m.room_id and a.user_id = ? and a.removed_at is null
         left join thread_follows f on f.root_id = m.id and f.user_id = a.user_id
         cross join lateral (
           select case when f.following then count(*)::int else 0 end as unread from messages r
            where r.parent_id = m.id and r.seq > greatest(coalesce(f.read_seq, 0), a.joined_seq) and r.kind = 'text' and r.author_id <> a.user_id and r.deleted_at is null) u
        where m.room_id = ? and m.reply_count > 0 and m.seq >= ? and ${FILTERS[input.filter]}
          and (?::timestamptz is null or (date_trunc('milliseconds', m.last_reply_at), m.seq) < (?::timestamptz, ?::int))
        order by m.last_reply_at desc, m.seq desc limit ?`,
      [actorId, input.roomId, input.visibleFrom, after?.at ?? null, after?.at ?? null, after?.seq ?? null, input.limit + 1],
    );
  }
}

/** @throws AppError `validation_failed` for what no page of this list ended with */
function readCursor(cursor: string): { at: string; seq: number } {
  const [at = '', seq = ''] = cursor.split('_');
  if (Instant.safeParse(at).success && /^\d{1,9}$/.test(seq)) return { at, seq: Number(seq) };
  throw validationError([{ path: ['cursor'], message: 'is not one this list gave out' }]);
}
