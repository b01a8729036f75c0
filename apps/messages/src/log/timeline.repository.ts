import type { TimelineEntry } from '@atrium/contracts';
import { prepared } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { messageColumns, toMessage, type MessageRow } from '../messages/message.row.ts';
import { MessagesRepository, atMostLast } from '../messages/messages.repository.ts';
import { AttachmentsRepository } from '../attachments/attachments.repository.ts';
import { messageEntry } from './log-entry.ts';

type EntryRow = {
  seq: number;
  type: string;
  at: string;
  actor_id: string | null;
  message_id: string | null;
  data: Record<string, unknown>;
};
/**
 * Entries with `after < seq <= until`, the first `limit` of them. `until` is at most a head that was read before: up to
 * there everything is committed, while of what comes later one table could show what the other does not yet.
 */
export type Range = { after: number; until: number; limit: number };

const RANGE = 'room_id = ? and seq > ? and seq <= ? order by seq limit ?';
const messagesOfRange = prepared<MessageRow>('messages of a range', `select ${messageColumns('m')} from messages m where ${RANGE}`);
const entriesOfRange = prepared<EntryRow>(
  'entries of a range',
  `select seq, type, at, actor_id, message_id, data from entries where ${RANGE}`,
);
const headOf = prepared<{ last_seq: number; epoch: string }>('head of a room', 'select last_seq, epoch from rooms where id = ?');

/** Reads a room's log: the two tables that share its counter, merged by `seq`. */
@Injectable()
export class TimelineRepository {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly attachments: AttachmentsRepository,
  ) {}

  /** Whoever calls has checked the reader; `visibleFrom` is part of every range. */
  async findRange(em: EntityManager, roomId: string, range: Range & { visibleFrom: number }): Promise<TimelineEntry[]> {
    const parameters = [roomId, Math.max(atMostLast(range.after), range.visibleFrom - 1), atMostLast(range.until), range.limit];
    const [messageRows, entryRows] = await Promise.all([messagesOfRange(em, parameters), entriesOfRange(em, parameters)]);
    const attachments = await this.attachments.findByIds(
      em,
      messageRows.flatMap((row) => row.file_ids ?? []),
    );
    const created = messageRows.map((row) => messageEntry(toMessage(row, attachments)));
    return [...created, ...(await this.toEntries(em, entryRows))].sort((a, b) => a.seq - b.seq).slice(0, range.limit);
  }

  async findHead(em: EntityManager, roomId: string): Promise<{ lastSeq: number; epoch: string } | null> {
    const [row] = await headOf(em, [roomId]);
    return row ? { lastSeq: row.last_seq, epoch: row.epoch } : null;
  }

  private async toEntries(em: EntityManager, rows: readonly EntryRow[]): Promise<TimelineEntry[]> {
    const about = await this.messages.findForEntries(
      em,
      rows.flatMap((row) => row.message_id ?? []),
    );
    return rows.map((row) => {
      const message = row.message_id === null ? undefined : about.get(row.message_id);
      const place = { seq: row.seq, type: row.type, at: new Date(row.at).toISOString(), actorId: row.actor_id };
      return { ...place, ...row.data, ...(message && { message }) } as TimelineEntry;
    });
  }
}
