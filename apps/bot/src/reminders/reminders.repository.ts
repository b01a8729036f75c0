import { oneAtATime } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Repeat } from '../when/repeat.ts';
import type { Language } from '../words/words.ts';

export type ReminderRow = {
  id: string;
  roomId: string;
  userId: string;
  number: number;
  forRoom: boolean;
  parentId: string | null;
  text: string;
  dueAt: Date;
  repeat: Repeat | null;
  firstAt: Date;
  timeZone: string;
  /** In which it was set; null for one of before languages were kept. */
  language: Language | null;
  firedAt: Date | null;
  done: boolean;
};
export type NewReminder = Pick<
  ReminderRow,
  'id' | 'roomId' | 'userId' | 'forRoom' | 'parentId' | 'text' | 'dueAt' | 'repeat' | 'timeZone' | 'language'
>;
type RawRow = Omit<ReminderRow, 'dueAt' | 'firstAt' | 'firedAt'> & { dueAt: string; firstAt: string; firedAt: string | null };

const COLUMNS = `id, room_id "roomId", user_id "userId", number, for_room "forRoom", parent_id "parentId", text, due_at "dueAt",
  repeat, first_at "firstAt", time_zone "timeZone", language, fired_at "firedAt", done`;

@Injectable()
export class RemindersRepository {
  /** Makes a reminder under the next number of its owner in the room, unless it was made before. */
  async add(tx: EntityManager, reminder: NewReminder): Promise<ReminderRow> {
    await oneAtATime(tx, `reminders ${reminder.userId} ${reminder.roomId}`);
    await tx.execute(
      `insert into reminders (id, room_id, user_id, number, for_room, parent_id, text, due_at, repeat, first_at, time_zone, language)
       select ?, ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?::jsonb, ?, ?, ? from reminders where user_id = ? and room_id = ?
       on conflict (id) do nothing`,
      [
        reminder.id,
        reminder.roomId,
        reminder.userId,
        reminder.forRoom,
        reminder.parentId,
        reminder.text,
        reminder.dueAt,
        reminder.repeat && JSON.stringify(reminder.repeat),
        reminder.dueAt,
        reminder.timeZone,
        reminder.language,
        reminder.userId,
        reminder.roomId,
      ],
    );
    const [row] = await tx.execute<RawRow[]>(`select ${COLUMNS} from reminders where id = ?`, [reminder.id]);
    return toRow(row!);
  }

  async forgetAllOf(tx: EntityManager, userId: string): Promise<void> {
    await tx.execute('delete from reminders where user_id = ?', [userId]);
  }

  async countOpen(em: EntityManager, userId: string): Promise<number> {
    const [row] = await em.execute<{ count: number }[]>('select count(*)::int "count" from reminders where user_id = ? and not done', [
      userId,
    ]);
    return row?.count ?? 0;
  }

  /** A person's reminders in a room: what is to come, then what was told and not put away. */
  async findOwn(em: EntityManager, userId: string, roomId: string): Promise<ReminderRow[]> {
    const rows = await em.execute<RawRow[]>(
      `select ${COLUMNS} from reminders where user_id = ? and room_id = ? order by done, due_at, number`,
      [userId, roomId],
    );
    return rows.map(toRow);
  }

  async remove(em: EntityManager, { userId, roomId, id }: { userId: string; roomId: string; id: string }): Promise<boolean> {
    const rows = await em.execute<{ id: string }[]>('delete from reminders where user_id = ? and room_id = ? and id = ? returning id', [
      userId,
      roomId,
      id,
    ]);
    return rows.length > 0;
  }

  async removeByNumber(
    em: EntityManager,
    { userId, roomId, number }: { userId: string; roomId: string; number: number },
  ): Promise<boolean> {
    const rows = await em.execute<{ id: string }[]>(
      'delete from reminders where user_id = ? and room_id = ? and number = ? and not done returning id',
      [userId, roomId, number],
    );
    return rows.length > 0;
  }

  /** What a deleted message set goes with it. */
  async removeOfMessage(em: EntityManager, messageId: string): Promise<void> {
    await em.execute('delete from reminders where id = ?', [messageId]);
  }

  /** The reminder that is due longest and that no other instance is telling, held until the transaction ends. */
  async takeDue(tx: EntityManager, now: Date): Promise<ReminderRow | null> {
    const [row] = await tx.execute<RawRow[]>(
      `select ${COLUMNS} from reminders
        where not done and due_at <= ? and (not_before is null or not_before <= ?) order by due_at limit 1 for update skip locked`,
      [now, now],
    );
    return row ? toRow(row) : null;
  }

  /** Sets when it comes next, or that it came for the last time. */
  async told(tx: EntityManager, id: string, { at, next }: { at: Date | null; next: Date | null }): Promise<void> {
    await tx.execute(
      'update reminders set fired_at = coalesce(?, fired_at), due_at = coalesce(?, due_at), not_before = null, done = ? where id = ?',
      [at, next, next === null, id],
    );
  }

  /** It stays due at its time, which its post goes by, and is not tried before another. */
  async postpone(tx: EntityManager, id: string, notBefore: Date): Promise<void> {
    await tx.execute('update reminders set not_before = ? where id = ?', [notBefore, id]);
  }

  async drop(tx: EntityManager, id: string): Promise<void> {
    await tx.execute('delete from reminders where id = ?', [id]);
  }

  async purge(em: EntityManager): Promise<void> {
    await em.execute(`delete from reminders where done and fired_at < now() - interval '30 days'`);
  }
}

const toRow = (row: RawRow): ReminderRow => ({
  ...row,
  dueAt: new Date(row.dueAt),
  firstAt: new Date(row.firstAt),
  firedAt: row.firedAt === null ? null : new Date(row.firedAt),
  repeat: row.repeat === null ? null : Repeat.parse(row.repeat),
});
