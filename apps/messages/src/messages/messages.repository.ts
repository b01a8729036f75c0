import type { Message } from '@atrium/contracts';
import { prepared, uuidArray, type Prepared } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AttachmentsRepository } from '../attachments/attachments.repository.ts';
import { OwnReactions } from '../reactions/own-reactions.ts';
import { messageColumns, toMessage, type MessageRow } from './message.row.ts';

export type PageAnchor = { before?: number; after?: number; around?: number; limit: number };
export type Page = { items: Message[]; hasBefore: boolean; hasAfter: boolean };
/** Which messages of a room: all of them, or one thread, its root first. */
export type Selection = { roomId: string; rootId?: string };

/**
 * The condition that reads of single messages carry: the reader is in the room, and sees it from where its history
 * begins for them. Takes the reader's id as its one parameter.
 */
const VISIBLE_TO_READER = `exists (
  select 1 from access a join rooms r on r.id = a.room_id
   where a.room_id = m.room_id and a.user_id = ? and a.removed_at is null
     and (r.history_visibility = 'all' or m.seq >= a.joined_seq))`;

/** Where reads of many begin: at the reader's place in the room, so that none walks through what came before it. */
const SHOWN_TO_READER = `
  from access a join rooms r on r.id = a.room_id
  cross join lateral (select case when r.history_visibility = 'all' then 0 else a.joined_seq end as seq) begins`;

/** No counter passes this; a client may name any number all the same. One is left to look beyond it. */
const LAST_SEQ = 2_147_483_647;
export const atMostLast = (seq: number): number => Math.min(seq, LAST_SEQ - 1);

const visibleMessage = prepared<MessageRow>(
  'message that its reader may see',
  `select ${messageColumns('m')} from messages m where m.id = ? and m.room_id = ? and ${VISIBLE_TO_READER}`,
);
const messagesByIds = prepared<MessageRow>('messages by id', `select ${messageColumns('m')} from messages m where m.id = any(?::uuid[])`);

@Injectable()
export class MessagesRepository {
  constructor(
    private readonly attachments: AttachmentsRepository,
    private readonly own: OwnReactions,
  ) {}

  /** Oldest first; the newest page when no anchor is given. */
  async findPage(em: EntityManager, readerId: string, selection: Selection, anchor: PageAnchor): Promise<Page> {
    const { limit } = anchor;
    if (anchor.after !== undefined) return this.pageAfter(em, readerId, selection, { seq: atMostLast(anchor.after), limit });
    if (anchor.around !== undefined) return this.pageAround(em, readerId, selection, { seq: atMostLast(anchor.around), limit });
    const before = anchor.before === undefined ? undefined : atMostLast(anchor.before);
    const rows = await this.rowsBefore(em, readerId, selection, { seq: before, limit: limit + 1 });
    const newestSeq = rows.at(-1)?.seq ?? (anchor.before ?? 1) - 1;
    return {
      items: await this.toMessages(em, rows.slice(-limit), readerId),
      hasBefore: rows.length > limit,
      hasAfter: anchor.before !== undefined && (await this.hasAfter(em, readerId, selection, newestSeq)),
    };
  }

  async findById(em: EntityManager, readerId: string, roomId: string, messageId: string): Promise<Message | null> {
    const row = await this.findRow(em, readerId, roomId, messageId);
    return row && (await this.toMessages(em, [row], readerId))[0]!;
  }

  /** The row itself, deleted or not, for whoever changes it. */
  async findRow(em: EntityManager, readerId: string, roomId: string, messageId: string): Promise<MessageRow | null> {
    const [row] = await visibleMessage(em, [messageId, roomId, readerId]);
    return row ?? null;
  }

  /** Whatever room it is in, for whoever needs to be in none. */
  async findAnyRow(em: EntityManager, messageId: string): Promise<MessageRow | null> {
    const [row] = await em.execute<MessageRow[]>('select * from messages where id = ?', [messageId]);
    return row ?? null;
  }

  async findPinned(em: EntityManager, readerId: string, roomId: string): Promise<Message[]> {
    const rows = await em.execute<MessageRow[]>(
      `select m.* from messages m where m.room_id = ? and m.pinned_at is not null and m.deleted_at is null and ${VISIBLE_TO_READER} order by m.pinned_at desc, m.seq desc`,
      [roomId, readerId],
    );
    return this.toMessages(em, rows, readerId);
  }

  /** Messages by id for whoever checked the reader before: entries that show a message they are about. */
  async findForEntries(em: EntityManager, ids: readonly string[]): Promise<Map<string, Message>> {
    if (ids.length === 0) return new Map();
    const rows = await messagesByIds(em, [uuidArray(ids)]);
    return new Map((await this.toMessages(em, rows)).map((message) => [message.id, message]));
  }

  /** @param readerId whose own reactions are marked; without, the messages are the same for every reader */
  async toMessages(em: EntityManager, rows: readonly MessageRow[], readerId?: string): Promise<Message[]> {
    const attachments = await this.attachments.findByIds(
      em,
      rows.flatMap((row) => row.file_ids ?? []),
    );
    const messages = rows.map((row) => toMessage(row, attachments));
    return readerId === undefined ? messages : this.own.mark(em, messages, readerId);
  }

  private async pageAfter(em: EntityManager, readerId: string, selection: Selection, from: { seq: number; limit: number }): Promise<Page> {
    const rows = await this.rowsAfter(em, readerId, selection, { seq: from.seq, limit: from.limit + 1 });
    const before = await this.rowsBefore(em, readerId, selection, { seq: rows[0]?.seq ?? from.seq + 1, limit: 1 });
    return {
      items: await this.toMessages(em, rows.slice(0, from.limit), readerId),
      hasBefore: before.length > 0,
      hasAfter: rows.length > from.limit,
    };
  }

  /** Half of the page up to and including the anchor, the rest after it. */
  private async pageAround(em: EntityManager, readerId: string, selection: Selection, at: { seq: number; limit: number }): Promise<Page> {
    const half = Math.ceil(at.limit / 2);
    const before = await this.rowsBefore(em, readerId, selection, { seq: at.seq + 1, limit: half + 1 });
    const kept = before.slice(-half);
    const after = await this.rowsAfter(em, readerId, selection, { seq: at.seq, limit: at.limit - kept.length + 1 });
    const rows = [...kept, ...after.slice(0, at.limit - kept.length)];
    return {
      items: await this.toMessages(em, rows, readerId),
      hasBefore: before.length > half,
      hasAfter: after.length > at.limit - kept.length,
    };
  }

  private async rowsBefore(
    em: EntityManager,
    readerId: string,
    selection: Selection,
    to: { seq?: number; limit: number },
  ): Promise<MessageRow[]> {
    const rows = await this.rows(em, readerId, selection, { seq: to.seq ?? LAST_SEQ, limit: to.limit, direction: 'before' });
    return rows.reverse();
  }

  private rowsAfter(
    em: EntityManager,
    readerId: string,
    selection: Selection,
    from: { seq: number; limit: number },
  ): Promise<MessageRow[]> {
    return this.rows(em, readerId, selection, { ...from, direction: 'after' });
  }

  private rows(em: EntityManager, readerId: string, { roomId, rootId }: Selection, part: Part): Promise<MessageRow[]> {
    const { seq, limit, direction } = part;
    if (rootId === undefined) return ROOM_PART[direction](em, [roomId, readerId, seq, limit]);
    return THREAD_PART[direction](em, [roomId, readerId, seq, limit, rootId]);
  }

  private async hasAfter(em: EntityManager, readerId: string, selection: Selection, seq: number): Promise<boolean> {
    return (await this.rowsAfter(em, readerId, selection, { seq, limit: 1 })).length > 0;
  }
}

/** The messages of a selection next to a place in the room. */
type Part = { seq: number; limit: number; direction: Direction };
type Direction = 'before' | 'after';

const ROOM_PART = inBothDirections('room', 'select * from messages where room_id = a.room_id and PART');
/** A thread is two lookups: asked for in one condition, PostgreSQL may look for them through the whole room. */
const THREAD_PART = inBothDirections(
  'thread',
  `select * from (
     (select * from messages where parent_id = $5 and PART) union all (select * from messages where id = $5 and PART)) t
    ORDER limit $4`,
);

/** Takes room, reader, place and limit. */
function inBothDirections(name: string, found: string): Record<Direction, Prepared<MessageRow>> {
  const inDirection = (direction: Direction): Prepared<MessageRow> => {
    const [compare, order] = direction === 'before' ? ['<', 'order by seq desc'] : ['>', 'order by seq'];
    const part = `seq ${compare} $3 and seq >= begins.seq ${order} limit $4`;
    return prepared(
      `messages of a ${name} ${direction}`,
      `select ${messageColumns('m')} ${SHOWN_TO_READER}
         cross join lateral (${found.replaceAll('PART', part).replace('ORDER', order)}) m
        where a.room_id = $1 and a.user_id = $2 and a.removed_at is null and m.room_id = a.room_id ${order.replace('seq', 'm.seq')}`,
    );
  };
  return { before: inDirection('before'), after: inDirection('after') };
}
