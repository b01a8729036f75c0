import { Signals } from '@atrium/bus';
import { AppError, messageSignals, type RoomActivity, type OutputOf, type ParsedInputOf, type messages } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { HiddenRoomsService } from '../hidden/hidden-rooms.service.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import { NotificationsService } from '../notifications/notifications.service.ts';
import { PreferencesRepository, type Level } from '../preferences/preferences.repository.ts';
import { ReadingRepository, type Reading } from './reading.repository.ts';

/** Read markers, unread counts and room heads. */
@Injectable()
export class ReadingService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly repository: ReadingRepository,
    private readonly messages: MessagesRepository,
    private readonly signals: Signals,
    private readonly notifications: NotificationsService,
    private readonly preferences: PreferencesRepository,
    private readonly hidden: HiddenRoomsService,
  ) {}

  async activity(actorId: string, roomIds: string[]): Promise<OutputOf<typeof messages.activity>> {
    const items = await this.repository.findActivity(this.em, actorId, roomIds);
    const levels = await this.preferences.findLevels(this.em, actorId, roomIds);
    const hidden = await this.hidden.among(actorId, roomIds);
    return {
      items: items.map((item) =>
        item.me ? { ...item, me: { ...item.me, ...wishes(levels.get(item.roomId), hidden.has(item.roomId)) } } : item,
      ),
    };
  }

  async heads(roomIds: string[]): Promise<OutputOf<typeof messages.heads>> {
    const rows = await this.repository.findHeads(this.em, roomIds);
    return { heads: Object.fromEntries(rows.map((row) => [row.id, row.last_seq])) };
  }

  async markRead(actorId: string, input: ParsedInputOf<typeof messages.markRead>): Promise<OutputOf<typeof messages.markRead>> {
    const { roomId, threadId, visitingSince } = input;
    const { visibleFrom } = await this.access.requireMember(roomId, actorId);
    await this.requireReached(roomId, input.seq);
    // What somebody may not see cannot be unread for them either.
    const seq = Math.max(input.seq, visibleFrom - 1);
    if (threadId !== undefined) await this.moveThread(actorId, { roomId, threadId, seq, back: input.unread ?? false });
    else if (input.unread) await this.moveBack(actorId, { roomId, seq });
    else
      await this.repository.moveForward(this.em, { roomId, userId: actorId, seq, ...(visitingSince !== undefined && { visitingSince }) });
    if (!input.unread) await this.notifications.readInRoom(actorId, { roomId, seq, ...(threadId !== undefined && { threadId }) });
    return this.tell(actorId, roomId, threadId);
  }

  /** Tells all devices of somebody how they stand with a room now. */
  async tell(actorId: string, roomId: string, threadId?: string): Promise<OutputOf<typeof messages.markRead>> {
    const { readSeqBeforeSend: _send, readSeqBeforeVisit: _visit, ...told } = await this.read(actorId, roomId);
    this.signals.send(messageSignals.read, { ...told, userId: actorId, ...(threadId !== undefined && { threadId }) });
    return told;
  }

  private async read(actorId: string, roomId: string): Promise<Reading> {
    const reading = (await this.repository.findReadings(this.em, actorId, [roomId])).get(roomId);
    if (!reading) throw new AppError('not_a_member');
    return reading;
  }

  /** Never past what is unread already. */
  private async moveBack(actorId: string, { roomId, seq }: { roomId: string; seq: number }): Promise<void> {
    const { readSeq } = await this.read(actorId, roomId);
    if (seq < readSeq) await this.repository.moveBack(this.em, { roomId, userId: actorId, seq });
  }

  private async moveThread(actorId: string, marker: { roomId: string; threadId: string; seq: number; back: boolean }): Promise<void> {
    const root = await this.messages.findById(this.em, actorId, marker.roomId, marker.threadId);
    if (!root) throw new AppError('message_not_found');
    const rootId = root.parentId ?? root.id;
    await this.repository.moveThread(this.em, { roomId: marker.roomId, userId: actorId, rootId, seq: marker.seq, back: marker.back });
  }

  /** A marker beyond the last entry would hide messages that nobody has sent yet. */
  private async requireReached(roomId: string, seq: number): Promise<void> {
    const { heads } = await this.heads([roomId]);
    if (seq <= (heads[roomId] ?? 0)) return;
    const errors = [{ path: 'seq', message: `must be at most ${heads[roomId] ?? 0}, the room's last entry` }];
    throw new AppError('validation_failed', `seq: ${errors[0]!.message}`, { errors });
  }
}

/** What somebody wants of a room, beside how far they have read it. */
function wishes(level: Level | undefined, hidden: boolean): Pick<NonNullable<RoomActivity['me']>, 'notify' | 'roomNotify' | 'hidden'> {
  if (!level) return { ...(hidden && { hidden }) };
  const { notify, ...own } = level;
  return { notify, ...(own.level !== 'default' && { roomNotify: own }), ...(hidden && { hidden }) };
}
