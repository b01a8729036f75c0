import type { ScheduledMessage } from '@atrium/contracts';
import { uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

type RawRow = {
  id: string;
  user_id: string;
  room_id: string;
  parent_id: string | null;
  also_in_room: boolean;
  body: string;
  file_ids: string[];
  client_id: string | null;
  send_at: string;
  created_at: string;
  failure: ScheduledMessage['failure'] | null;
};
/** A scheduled message and whose it is. */
export type Scheduled = { authorId: string; item: ScheduledMessage };
export type NewScheduled = Omit<ScheduledMessage, 'failure' | 'createdAt'> & { authorId: string; clientId: string | undefined };
type Change = Pick<ScheduledMessage, 'id' | 'body' | 'sendAt'> & { waits: boolean };
type Page = { authorId: string; roomId: string | undefined; after: { sendAt: string; id: string } | null; limit: number };

/** Messages that wait to be sent. `due_at` is when the clock looks at one next; without it, it was refused and waits for its author. */
@Injectable()
export class ScheduledRepository {
  /** Unless the same was scheduled before under this `clientId`. */
  async add(tx: EntityManager, item: NewScheduled): Promise<Scheduled> {
    const [row] = await tx.execute<RawRow[]>(
      `insert into scheduled_messages as s (id, user_id, room_id, parent_id, also_in_room, body, file_ids, client_id, send_at, due_at, created_at)
       values (?, ?, ?, ?, ?, ?, ?::uuid[], ?, ?, ?, now())
       on conflict (user_id, room_id, client_id) where client_id is not null do update set client_id = s.client_id returning s.*`,
      [
        item.id,
        item.authorId,
        item.roomId,
        item.parentId ?? null,
        item.parentId !== undefined && item.alsoInRoom === true,
        item.body,
        uuidArray(item.fileIds),
        item.clientId ?? null,
        item.sendAt,
        item.sendAt,
      ],
    );
    return toScheduled(row!);
  }

  async count(tx: EntityManager, authorId: string): Promise<number> {
    const [row] = await tx.execute<{ count: number }[]>('select count(*)::int as count from scheduled_messages where user_id = ?', [
      authorId,
    ]);
    return row!.count;
  }

  async find(em: EntityManager, { authorId, roomId, after, limit }: Page): Promise<Scheduled[]> {
    const rows = await em.execute<RawRow[]>(
      `select * from scheduled_messages where user_id = ? ${roomId === undefined ? '' : 'and room_id = ?'}
          ${after ? 'and (send_at, id) > (?::timestamptz, ?::uuid)' : ''} order by send_at, id limit ?`,
      [authorId, ...(roomId === undefined ? [] : [roomId]), ...(after ? [after.sendAt, after.id] : []), limit],
    );
    return rows.map(toScheduled);
  }

  /** Held until the transaction ends: nothing sends or changes it meanwhile. */
  async hold(tx: EntityManager, authorId: string, id: string): Promise<Scheduled | null> {
    const [row] = await tx.execute<RawRow[]>('select * from scheduled_messages where id = ? and user_id = ? for update', [id, authorId]);
    return row ? toScheduled(row) : null;
  }

  /** The one that is due longest and that nobody else is sending, held until the transaction ends. */
  async holdDue(tx: EntityManager, now: Date): Promise<Scheduled | null> {
    const [row] = await tx.execute<RawRow[]>(
      'select * from scheduled_messages where due_at <= ? order by due_at limit 1 for update skip locked',
      [now],
    );
    return row ? toScheduled(row) : null;
  }

  /** @param change `waits`: whether it goes out at its time, though it was refused before */
  async change(tx: EntityManager, { id, body, sendAt, waits }: Change): Promise<Scheduled> {
    const [row] = await tx.execute<RawRow[]>(
      `update scheduled_messages set body = ?${waits ? ', send_at = ?, due_at = ?, failure = null' : ''} where id = ? returning *`,
      [body, ...(waits ? [sendAt, sendAt] : []), id],
    );
    return toScheduled(row!);
  }

  async postpone(tx: EntityManager, id: string, until: Date): Promise<void> {
    await tx.execute('update scheduled_messages set due_at = ? where id = ?', [until, id]);
  }

  async refuse(tx: EntityManager, id: string, failure: ScheduledMessage['failure']): Promise<Scheduled> {
    const [row] = await tx.execute<RawRow[]>('update scheduled_messages set failure = ?::jsonb, due_at = null where id = ? returning *', [
      JSON.stringify(failure),
      id,
    ]);
    return toScheduled(row!);
  }

  async refuseAllOf(tx: EntityManager, authorId: string, failure: ScheduledMessage['failure']): Promise<void> {
    await tx.execute('update scheduled_messages set failure = ?::jsonb, due_at = null where user_id = ? and due_at is not null', [
      JSON.stringify(failure),
      authorId,
    ]);
  }

  async remove(tx: EntityManager, id: string): Promise<void> {
    await tx.execute('delete from scheduled_messages where id = ?', [id]);
  }
}

const toScheduled = (row: RawRow): Scheduled => ({
  authorId: row.user_id,
  item: {
    id: row.id,
    roomId: row.room_id,
    ...(row.parent_id !== null && { parentId: row.parent_id }),
    ...(row.also_in_room && { alsoInRoom: true }),
    body: row.body,
    fileIds: row.file_ids,
    sendAt: new Date(row.send_at).toISOString(),
    createdAt: new Date(row.created_at).toISOString(),
    ...(row.failure && { failure: row.failure }),
  },
});
