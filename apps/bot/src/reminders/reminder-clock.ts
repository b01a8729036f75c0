import { AppError, remindAgain } from '@atrium/contracts';
import { transact, uuidv7 } from '@atrium/database';
import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CommandsAccess } from '../commands/commands.access.ts';
import { plainText } from '../commands/plain-text.ts';
import { isFinal, PostsService } from '../posts/posts.service.ts';
import { RoomStatesService, type Membership } from '../rooms/room-states.service.ts';
import { NotesService } from '../runs/notes.service.ts';
import { nextAfter } from '../when/repeat.ts';
import { RemindersRepository, type ReminderRow } from './reminders.repository.ts';
import { i18n, inLanguage } from '../words/words.ts';

const EVERY_MS = 500;
const WAIT_MS = 20_000;

/** What came of telling one; what cannot be told yet is told later. */
type Outcome = 'told' | 'missed' | 'gone' | { laterMs: number };
const LATER: Outcome = { laterMs: WAIT_MS };

/**
 * Tells reminders when they are due. Each is held by one instance while it is told, and a post of one has a name of
 * its own, so it is told once by however many instances, whatever stops in between.
 */
@Injectable()
export class ReminderClock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('bot');
  private readonly task = new RepeatedTask(() => this.tellDue(), {
    everyMs: EVERY_MS,
    logger: this.logger,
    onFailure: 'due reminders wait for the next turn',
  });

  constructor(
    private readonly em: EntityManager,
    private readonly reminders: RemindersRepository,
    private readonly roomStates: RoomStatesService,
    private readonly posts: PostsService,
    private readonly notes: NotesService,
    private readonly access: CommandsAccess,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async tellDue(): Promise<void> {
    while (!this.task.isStopped && (await this.tellOne()));
  }

  /** Whether there was one to tell. */
  private async tellOne(): Promise<boolean> {
    const now = new Date();
    let own: ReminderRow | undefined;
    const found = await transact(this.em.fork(), async (tx) => {
      const reminder = await this.reminders.takeDue(tx, now);
      if (!reminder) return false;
      const outcome = await this.deliver(reminder);
      if (typeof outcome === 'object') await this.reminders.postpone(tx, reminder.id, new Date(now.getTime() + outcome.laterMs));
      else if (outcome === 'gone') await this.reminders.drop(tx, reminder.id);
      else await this.reminders.told(tx, reminder.id, { at: outcome === 'told' ? now : null, next: nextOf(reminder, now) });
      if (outcome === 'told' && !reminder.forRoom) own = reminder;
      return true;
    });
    // After the commit: who hears it is not told again.
    if (own) inLanguage(own.language ?? 'en', () => this.tellOwner(own!));
    return found;
  }

  private async deliver(reminder: ReminderRow): Promise<Outcome> {
    const membership = await this.membershipOf(reminder);
    if (membership === 'unknown') return LATER;
    if (!membership?.member || membership.room.archivedAt) return 'gone';
    // Off means off: what fell due meanwhile is not said afterwards either.
    if (!membership.room.botEnabled) return 'missed';
    if (!reminder.forRoom) return 'told';
    const place = { room: membership.room, member: membership.member };
    return this.access.maySpeakNow(place) ? this.post(reminder, place.member.displayName) : 'missed';
  }

  private async membershipOf({ roomId, userId }: ReminderRow): Promise<Membership | null | 'unknown'> {
    try {
      return await this.roomStates.findMembership(roomId, userId);
    } catch (error) {
      this.logger.warn({ code: AppError.from(error).code }, 'a reminder waits until rooms answers');
      return 'unknown';
    }
  }

  private async post({ id, roomId, userId, parentId, text, dueAt }: ReminderRow, displayName: string): Promise<Outcome> {
    const told = { name: plainText(displayName), text: plainText(text) };
    const body = this.posts.inRoomsLanguage(() => i18n.t('**Reminder** from {name}: {text}', told));
    const messageId = uuidv7();
    try {
      const clientId = `rem:${id}:${Math.floor(dueAt.getTime() / 1000)}`;
      await this.posts.takeTurn(roomId, clientId, { actorId: userId });
      const kept = await this.posts.keep({ messageId, roomId, parentId, body, clientId });
      if (!kept) return LATER;
      await this.posts.post(kept);
      return 'told';
    } catch (error) {
      if (isFinal(error)) return 'missed';
      const { code, data } = AppError.from(error);
      return code === 'slow_mode' && data.retryAfterSeconds !== undefined ? { laterMs: data.retryAfterSeconds * 1000 } : LATER;
    }
  }

  private tellOwner({ id, roomId, userId, parentId, text }: ReminderRow): void {
    this.notes.tell(userId, {
      id,
      roomId,
      ...(parentId !== null && { parentId }),
      body: i18n.t('**Reminder**: {text}', { text: plainText(text) }),
      links: [{ label: i18n.t('Open the room'), href: `/rooms/${roomId}` }],
      buttons: remindAgain(text, { soon: i18n.t('In 20 minutes'), tomorrow: i18n.t('Tomorrow at 9') }),
    });
  }
}

const nextOf = ({ repeat, firstAt, timeZone }: ReminderRow, now: Date): Date | null =>
  repeat && nextAfter(firstAt, now, { repeat, timeZone });
