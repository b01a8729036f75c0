import type { RoomActivity } from '@atrium/contracts';
import { uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { MessagesRepository } from '../messages/messages.repository.ts';
import type { MessageRow } from '../messages/message.row.ts';

export type Reading = {
  roomId: string;
  readSeq: number;
  readSeqBeforeSend: number;
  unread: number;
  mentions: number;
  threadUnread: number;
};
type ReadingRow = {
  room_id: string;
  read_seq: number;
  read_seq_before_send: number;
  unread: number;
  mentions: number;
  thread_unread: number;
};

/** Nobody reads the difference, and counting all that a busy room said in a month would take longer than a query may. */
const COUNT_UP_TO = 1000;

/**
 * How far a member has read. Sending in the room itself counts as reading up to one's own message, which is derived from
 * the messages: storing it would write a row per send. `own_after` is where the marker was last moved back; own messages
 * before it no longer count. Who came back begins again from there, in threads too.
 */
const READING = `
  select a.room_id, p.read_seq, p.read_seq_before_send,
    (select count(*)::int from (select 1 from messages m
      where m.room_id = a.room_id and m.seq > p.read_seq and m.author_id <> a.user_id
        and m.kind = 'text' and m.parent_id is null and m.deleted_at is null limit ${COUNT_UP_TO}) u) as unread,
    (select count(*)::int from (select distinct n.seq from mentions n
      join messages m on m.id = n.message_id
      left join thread_follows f on f.root_id = m.parent_id and f.user_id = a.user_id
      where n.room_id = a.room_id and n.seq > p.read_seq and n.seq > coalesce(f.read_seq, 0) and m.author_id <> a.user_id and m.deleted_at is null
        and (n.user_id = a.user_id or n.audience in ('room', 'here') or (n.audience = 'moderators' and a.role <> 'member'))
      limit ${COUNT_UP_TO}) u) as mentions,
    (select count(*)::int from (select 1 from thread_follows f
      join messages m on m.parent_id = f.root_id and m.seq > greatest(f.read_seq, a.joined_seq)
      where f.room_id = a.room_id and f.user_id = a.user_id and f.following
        and m.kind = 'text' and m.author_id <> a.user_id and m.deleted_at is null limit ${COUNT_UP_TO}) u) as thread_unread
  from access a
  left join read_markers k on k.room_id = a.room_id and k.user_id = a.user_id
  cross join lateral (
    select array(select m.seq from messages m
                  where m.room_id = a.room_id and m.author_id = a.user_id and m.seq > coalesce(k.own_after, 0) and m.parent_id is null
                  order by m.seq desc limit 2) as seqs) own
  cross join lateral (
    select greatest(coalesce(k.seq, a.joined_seq), coalesce(own.seqs[1], 0)) as read_seq,
           greatest(coalesce(k.seq, a.joined_seq), coalesce(own.seqs[2], 0)) as read_seq_before_send) p
  where a.user_id = ? and a.removed_at is null and a.room_id = any(?::uuid[])`;

@Injectable()
export class ReadingRepository {
  constructor(private readonly messages: MessagesRepository) {}

  /** The reading of rooms the user is in; others are absent. */
  async findReadings(em: EntityManager, userId: string, roomIds: readonly string[]): Promise<Map<string, Reading>> {
    const rows = await em.execute<ReadingRow[]>(READING, [userId, uuidArray(roomIds)]);
    return new Map(
      rows.map((row) => [
        row.room_id,
        {
          roomId: row.room_id,
          readSeq: row.read_seq,
          readSeqBeforeSend: row.read_seq_before_send,
          unread: row.unread,
          mentions: row.mentions,
          threadUnread: row.thread_unread,
        },
      ]),
    );
  }

  /** Head, last message (for members, as far as they may see) and reading of rooms. */
  async findActivity(em: EntityManager, userId: string, roomIds: readonly string[]): Promise<RoomActivity[]> {
    const heads = await em.execute<{ id: string; epoch: string; last_seq: number }[]>(
      'select id, epoch, last_seq from rooms where id = any(?::uuid[])',
      [uuidArray(roomIds)],
    );
    const [readings, last] = [await this.findReadings(em, userId, roomIds), await this.findLastMessages(em, userId, roomIds)];
    return heads.map(({ id: roomId, epoch, last_seq: lastSeq }) => {
      const reading = readings.get(roomId);
      const lastMessage = last.get(roomId) ?? null;
      return { roomId, epoch, lastSeq, lastMessage, lastActivityAt: lastMessage?.createdAt ?? null, me: reading ?? null };
    });
  }

  async moveForward(em: EntityManager, marker: { roomId: string; userId: string; seq: number }): Promise<void> {
    await em.execute(
      `insert into read_markers (room_id, user_id, seq) values (?, ?, ?)
       on conflict (room_id, user_id) do update set seq = greatest(read_markers.seq, excluded.seq)`,
      [marker.roomId, marker.userId, marker.seq],
    );
  }

  /** Marks unread from after `seq`; own messages stored so far no longer hold the marker forward. */
  async moveBack(em: EntityManager, marker: { roomId: string; userId: string; seq: number }): Promise<void> {
    await em.execute(
      `insert into read_markers (room_id, user_id, seq, own_after) select id, ?, ?, last_seq from rooms where id = ?
       on conflict (room_id, user_id) do update set seq = excluded.seq, own_after = excluded.own_after`,
      [marker.userId, marker.seq, marker.roomId],
    );
  }

  async moveThread(
    em: EntityManager,
    marker: { roomId: string; userId: string; rootId: string; seq: number; back: boolean },
  ): Promise<void> {
    await em.execute(
      `insert into thread_follows (root_id, user_id, room_id, following, read_seq) values (?, ?, ?, false, ?)
       on conflict (root_id, user_id) do update
         set read_seq = case when ? then excluded.read_seq else greatest(thread_follows.read_seq, excluded.read_seq) end`,
      [marker.rootId, marker.userId, marker.roomId, marker.seq, marker.back],
    );
  }

  private async findLastMessages(em: EntityManager, userId: string, roomIds: readonly string[]) {
    const rows = await em.execute<MessageRow[]>(
      `select m.* from access a join rooms r on r.id = a.room_id
        cross join lateral (
          select * from messages m where m.room_id = a.room_id and m.deleted_at is null and m.parent_id is null
            and (r.history_visibility = 'all' or m.seq >= a.joined_seq)
          order by m.seq desc limit 1) m
        where a.user_id = ? and a.removed_at is null and a.room_id = any(?::uuid[])`,
      [userId, uuidArray(roomIds)],
    );
    return new Map((await this.messages.toMessages(em, rows)).map((message) => [message.roomId, message]));
  }
}
