import { AppError, type Call, type Reminder } from '@atrium/contracts';
import { oneAtATime, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CommandsAccess } from '../commands/commands.access.ts';
import { repeatText } from '../when/repeat.ts';
import { RemindersRepository, type NewReminder, type ReminderRow } from './reminders.repository.ts';
import { i18n, language } from '../words/words.ts';

const MOST = 100;

/** What people want to be told later. Telling it is `ReminderClock`'s. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: CommandsAccess,
    private readonly reminders: RemindersRepository,
  ) {}

  async create(reminder: Omit<NewReminder, 'parentId' | 'language'> & { parentId: string | undefined }): Promise<Reminder> {
    const row = await transact(this.em.fork(), async (tx) => {
      await oneAtATime(tx, `reminders ${reminder.userId}`);
      if ((await this.reminders.countOpen(tx, reminder.userId)) >= MOST) {
        throw new AppError('rate_limited', i18n.t('You have {most} reminders already: cancel some first.', { most: MOST }));
      }
      return this.reminders.add(tx, { ...reminder, parentId: reminder.parentId ?? null, language: language() });
    });
    return toReminder(row);
  }

  /** For a command, which was admitted already. */
  async list(userId: string, roomId: string): Promise<Reminder[]> {
    return (await this.reminders.findOwn(this.em.fork(), userId, roomId)).map(toReminder);
  }

  async find(userId: string, roomId: string, call: Call): Promise<Reminder[]> {
    await this.access.requireMember(userId, roomId, call);
    return this.list(userId, roomId);
  }

  cancelByNumber(userId: string, roomId: string, number: number): Promise<boolean> {
    return this.reminders.removeByNumber(this.em.fork(), { userId, roomId, number });
  }

  /** Cancels what is to come, or puts away what was told. */
  async cancel(userId: string, { roomId, reminderId }: { roomId: string; reminderId: string }, call: Call): Promise<void> {
    await this.access.requireMember(userId, roomId, call);
    if (!(await this.reminders.remove(this.em, { userId, roomId, id: reminderId }))) throw new AppError('reminder_not_found');
  }

  async messageDeleted(messageId: string): Promise<void> {
    await this.reminders.removeOfMessage(this.em, messageId);
  }

  async forgetAllOf(userId: string): Promise<void> {
    await transact(this.em, (tx) => this.reminders.forgetAllOf(tx, userId));
  }
}

const toReminder = ({ id, roomId, number, forRoom, text, dueAt, repeat, firstAt, timeZone, firedAt }: ReminderRow): Reminder => ({
  id,
  roomId,
  number,
  forRoom,
  text,
  dueAt: dueAt.toISOString(),
  repeats: repeat && repeatText(repeat, firstAt, timeZone),
  timeZone,
  firedAt: firedAt && firedAt.toISOString(),
});
