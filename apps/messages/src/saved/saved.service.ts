import { Signals } from '@atrium/bus';
import {
  AppError,
  Id,
  Instant,
  messageSignals,
  type OutputOf,
  type ParsedInputOf,
  type SavedMessage,
  type messages,
} from '@atrium/contracts';
import { pageOf, readCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { MessageRow } from '../messages/message.row.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';

type SavedRow = MessageRow & { saved_at: string };

const Place = z.tuple([Instant, Id]);
const MOST_SAVED = 10_000;
/** A saved message is shown as long as its reader sees the message itself. */
const VISIBLE = `
  join access a on a.room_id = m.room_id and a.user_id = ? and a.removed_at is null
  join rooms r on r.id = m.room_id and (r.history_visibility = 'all' or m.seq >= a.joined_seq)`;

/** Messages that somebody keeps for later. Nobody else learns of it. */
@Injectable()
export class SavedService {
  constructor(
    private readonly em: EntityManager,
    private readonly messages: MessagesRepository,
    private readonly signals: Signals,
  ) {}

  async list(actorId: string, input: ParsedInputOf<typeof messages.saved>): Promise<OutputOf<typeof messages.saved>> {
    const after = readCursor(input.cursor, Place);
    const rows = await this.em.execute<SavedRow[]>(
      `select m.*, s.saved_at from saved_messages s join messages m on m.id = s.message_id and m.deleted_at is null ${VISIBLE}
        where s.user_id = ? ${after ? 'and (s.saved_at, s.message_id) < (?::timestamptz, ?::uuid)' : ''}
        order by s.saved_at desc, s.message_id desc limit ?`,
      [actorId, actorId, ...(after ?? []), input.limit + 1],
    );
    const page = pageOf(rows, input.limit, (row) => [new Date(row.saved_at).toISOString(), row.id]);
    return { items: await this.toSaved(page.rows, actorId), nextCursor: page.nextCursor };
  }

  /** Saving again leaves it where it is. */
  async save(actorId: string, messageId: string): Promise<SavedMessage> {
    await this.requireRoomForOne(actorId);
    const savedAt = new Date().toISOString();
    const [row] = await this.em.execute<SavedRow[]>(
      `with s as (
         insert into saved_messages (user_id, message_id, room_id, saved_at)
         select ?, m.id, m.room_id, ? from messages m ${VISIBLE} where m.id = ? and m.deleted_at is null
         on conflict (user_id, message_id) do update set saved_at = saved_messages.saved_at returning message_id, saved_at)
       select m.*, s.saved_at from s join messages m on m.id = s.message_id`,
      [actorId, savedAt, actorId, messageId],
    );
    if (!row) throw new AppError('message_not_found');
    this.signals.send(messageSignals.saved, { userId: actorId, roomId: row.room_id, messageId, saved: true });
    return (await this.toSaved([row], actorId))[0]!;
  }

  async unsave(actorId: string, messageId: string): Promise<Record<string, never>> {
    const [row] = await this.em.execute<{ room_id: string }[]>(
      'delete from saved_messages where user_id = ? and message_id = ? returning room_id',
      [actorId, messageId],
    );
    if (row) this.signals.send(messageSignals.saved, { userId: actorId, roomId: row.room_id, messageId, saved: false });
    return {};
  }

  private async toSaved(rows: readonly SavedRow[], actorId: string): Promise<SavedMessage[]> {
    const found = await this.messages.toMessages(this.em, rows, actorId);
    return found.map((message, index) => ({ message, savedAt: new Date(rows[index]!.saved_at).toISOString() }));
  }

  private async requireRoomForOne(actorId: string): Promise<void> {
    const [row] = await this.em.execute<{ saved: number }[]>(
      `select count(*)::int as saved from (select 1 from saved_messages where user_id = ? limit ${MOST_SAVED}) s`,
      [actorId],
    );
    if (row!.saved >= MOST_SAVED) throw new AppError('too_many_saved', `You can keep ${MOST_SAVED} messages; let go of one first.`);
  }
}
