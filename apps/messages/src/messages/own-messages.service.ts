import { Id, Seq, type OutputOf, type OwnMessage, type ParsedInputOf, type messages } from '@atrium/contracts';
import { pageOf, readCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { toMessage, type MessageRow } from './message.row.ts';

const Place = z.tuple([Id, Seq.max(2_147_483_647)]);
const NIL = '00000000-0000-0000-0000-000000000000';

/** What one person wrote, whatever rooms they are in now: it is theirs. */
@Injectable()
export class OwnMessages {
  constructor(private readonly em: EntityManager) {}

  /** Goes through every room that the author has ever been in, each in the order of `messages_author`. */
  async written(authorId: string, { cursor, limit }: ParsedInputOf<typeof messages.written>): Promise<OutputOf<typeof messages.written>> {
    const [roomId, seq] = readCursor(cursor, Place) ?? [NIL, 0];
    const rows = await this.em.execute<MessageRow[]>(
      `select m.* from access a
        cross join lateral (
          select * from messages
           where room_id = a.room_id and author_id = a.user_id and seq > case when a.room_id = ? then ? else 0 end
             and deleted_at is null
           order by seq limit ?) m
        where a.user_id = ? and a.room_id >= ?
        order by m.room_id, m.seq limit ?`,
      [roomId, seq, limit + 1, authorId, roomId, limit + 1],
    );
    const page = pageOf(rows, limit, (row) => [row.room_id, row.seq]);
    return { items: page.rows.map(toOwnMessage), nextCursor: page.nextCursor };
  }
}

function toOwnMessage(row: MessageRow): OwnMessage {
  const { id, roomId, seq, body, createdAt, parentId = null, editedAt = null } = toMessage(row, new Map());
  return { id, roomId, seq, parentId, body, fileIds: row.file_ids ?? [], createdAt, editedAt };
}
