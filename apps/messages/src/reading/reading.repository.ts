import type { RoomActivity } from '@atrium/contracts';
import { prepared, uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { MessagesRepository } from '../messages/messages.repository.ts';
import type { MessageRow } from '../messages/message.row.ts';
import { LAST_MESSAGES, MOVE_FORWARD, READING } from './reading-query.ts';

export type Reading = {
  roomId: string;
  readSeq: number;
  readSeqBeforeSend: number;
  readSeqBeforeVisit?: number;
  /** The last entry that was there when it was counted. */
  lastSeq: number;
  unread: number;
  mentions: number;
  threadUnread: number;
};
type ReadingRow = {
  room_id: string;
  read_seq: number;
  read_seq_before_send: number;
  before_visit: number | null;
  looking: boolean | null;
  last_seq: number;
  unread: number;
  mentions: number;
  thread_unread: number;
};

const readings = prepared<ReadingRow>('reading of rooms', READING);
const lastMessages = prepared<MessageRow>('last messages of rooms', LAST_MESSAGES);
const moveForward = prepared<never>('read marker forward', MOVE_FORWARD);
const heads = prepared<{ id: string; epoch: string; last_seq: number }>(
  'heads of rooms',
  'select id, epoch, last_seq from rooms where id = any(?::uuid[])',
);

@Injectable()
export class ReadingRepository {
  constructor(private readonly messages: MessagesRepository) {}

  /** The reading of rooms the user is in; others are absent. */
  async findReadings(em: EntityManager, userId: string, roomIds: readonly string[]): Promise<Map<string, Reading>> {
    const rows = await readings(em, [userId, uuidArray(roomIds)]);
    return new Map(
      rows.map((row) => [
        row.room_id,
        {
          roomId: row.room_id,
          readSeq: row.read_seq,
          readSeqBeforeSend: row.read_seq_before_send,
          ...beforeVisit(row),
          lastSeq: row.last_seq,
          unread: row.unread,
          mentions: row.mentions,
          threadUnread: row.thread_unread,
        },
      ]),
    );
  }

  /** Where the logs of rooms end. */
  findHeads(em: EntityManager, roomIds: readonly string[]): Promise<{ id: string; epoch: string; last_seq: number }[]> {
    return heads(em, [uuidArray(roomIds)]);
  }

  /** Head, last message (for members, as far as they may see) and reading of rooms. */
  async findActivity(em: EntityManager, userId: string, roomIds: readonly string[]): Promise<RoomActivity[]> {
    const rows = await this.findHeads(em, roomIds);
    const [readings, last] = [await this.findReadings(em, userId, roomIds), await this.findLastMessages(em, userId, roomIds)];
    return rows.map(({ id: roomId, epoch, last_seq }) => {
      // The head that was counted with: whoever follows from there counts every message once.
      const { lastSeq = last_seq, ...reading } = readings.get(roomId) ?? {};
      const lastMessage = last.get(roomId) ?? null;
      const me = 'readSeq' in reading ? reading : null;
      return { roomId, epoch, lastSeq, lastMessage, lastActivityAt: lastMessage?.createdAt ?? null, me };
    });
  }

  /** `visitingSince` is when the user began to look at the room, where that is known. */
  async moveForward(em: EntityManager, marker: { roomId: string; userId: string; seq: number; visitingSince?: string }): Promise<void> {
    await moveForward(em, [marker.roomId, marker.userId, marker.seq, marker.visitingSince ?? null]);
  }

  /** Marks unread from after `seq`; own messages stored so far no longer hold the marker forward. */
  async moveBack(em: EntityManager, marker: { roomId: string; userId: string; seq: number }): Promise<void> {
    await em.execute(
      `insert into read_markers (room_id, user_id, seq, own_after) select id, ?, ?, last_seq from rooms where id = ?
       on conflict (room_id, user_id) do update set seq = excluded.seq, own_after = excluded.own_after, before_visit = null`,
      [marker.userId, marker.seq, marker.roomId],
    );
  }

  /** Looking at a thread follows it for nobody but whoever began it, who follows it until they say otherwise. */
  async moveThread(
    em: EntityManager,
    marker: { roomId: string; userId: string; rootId: string; seq: number; back: boolean },
  ): Promise<void> {
    await em.execute(
      `insert into thread_follows (root_id, user_id, room_id, following, read_seq)
       select ?, ?, ?, exists (select 1 from messages where id = ? and author_id = ?), ?
       on conflict (root_id, user_id) do update
         set read_seq = case when ? then least(thread_follows.read_seq, excluded.read_seq) else greatest(thread_follows.read_seq, excluded.read_seq) end`,
      [marker.rootId, marker.userId, marker.roomId, marker.rootId, marker.userId, marker.seq, marker.back],
    );
  }

  private async findLastMessages(em: EntityManager, userId: string, roomIds: readonly string[]) {
    const rows = await lastMessages(em, [userId, uuidArray(roomIds)]);
    return new Map((await this.messages.toMessages(em, rows, userId)).map((message) => [message.roomId, message]));
  }
}

/** Who has not the room before them and something unread in it is not on a visit: to them that is what is new. */
function beforeVisit({ before_visit, read_seq, looking, unread }: ReadingRow): Pick<Reading, 'readSeqBeforeVisit'> {
  return before_visit !== null && before_visit < read_seq && (looking || unread === 0) ? { readSeqBeforeVisit: before_visit } : {};
}
