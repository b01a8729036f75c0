import { AppError, MAX_REACTIONS, type Message, type OutputOf, type ParsedInputOf, type messages } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { pageOf, readCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AccessService } from '../access/access.service.ts';
import type { EntryBody } from '../log/log-entry.ts';
import { RoomLogRepository, type LockedRoom } from '../log/room-log.repository.ts';
import type { MessageRow } from '../messages/message.row.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import { Notifier } from '../notifications/notifier.ts';
import { withReaction, withoutReaction } from './reaction-summary.ts';
import { ReactionsRepository } from './reactions.repository.ts';

type Input = ParsedInputOf<typeof messages.react>;
const Place = z.tuple([z.int().min(0).max(999_999_999), z.string().regex(/^\P{Cc}+$/u)]);
type Change = (tx: EntityManager, row: MessageRow, room: LockedRoom) => Promise<EntryBody | undefined>;

@Injectable()
export class ReactionsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly log: RoomLogRepository,
    private readonly messages: MessagesRepository,
    private readonly repository: ReactionsRepository,
    private readonly notifier: Notifier,
  ) {}

  /** Once for each person and emoji; again changes nothing and tells nobody. */
  async react(actorId: string, input: Input): Promise<Message> {
    const { messageId, emoji } = input;
    await this.access.requireVoice(input.roomId, actorId);
    return this.change(actorId, input, async (tx, row, room) => {
      const summary = row.reactions ?? [];
      const isNew = !summary.some((reaction) => reaction.emoji === emoji);
      if (isNew && summary.length >= MAX_REACTIONS)
        throw new AppError('too_many_reactions', `A message has at most ${MAX_REACTIONS} different reactions.`);
      if (!(await this.repository.add(tx, { messageId, userId: actorId, emoji }, room.lastSeq + 1))) return undefined;
      const changed = withReaction(summary, emoji, actorId);
      await this.repository.saveSummary(tx, messageId, changed);
      await this.tellAuthor(tx, actorId, row);
      const { count, userIds } = changed.find((reaction) => reaction.emoji === emoji)!;
      return { type: 'reaction.added', messageId, emoji, userId: actorId, count, userIds };
    });
  }

  async unreact(actorId: string, input: Input): Promise<Message> {
    const { messageId, emoji } = input;
    await this.access.requireVoice(input.roomId, actorId);
    return this.change(actorId, input, async (tx, row) => {
      if (!(await this.repository.remove(tx, { messageId, userId: actorId, emoji }))) return undefined;
      const changed = withoutReaction(row.reactions ?? [], emoji, await this.repository.findFirst(tx, messageId, emoji));
      await this.repository.saveSummary(tx, messageId, changed);
      const { count, userIds } = changed.find((reaction) => reaction.emoji === emoji) ?? { count: 0, userIds: [] };
      return { type: 'reaction.removed', messageId, emoji, userId: actorId, count, userIds };
    });
  }

  async list(actorId: string, input: ParsedInputOf<typeof messages.reactions>): Promise<OutputOf<typeof messages.reactions>> {
    const { roomId, messageId, emoji, limit } = input;
    await this.access.requireMember(roomId, actorId);
    if (!(await this.messages.findRow(this.em, actorId, roomId, messageId))) throw new AppError('message_not_found');
    const [seq, lastEmoji] = readCursor(input.cursor, Place) ?? [0, ''];
    const rows = await this.repository.findPage(this.em, messageId, { emoji, after: { seq, emoji: lastEmoji }, limit: limit + 1 });
    const { rows: shown, nextCursor } = pageOf(rows, limit, (row) => [row.seq, row.emoji]);
    return {
      items: shown.map((row) => ({ emoji: row.emoji, userId: row.user_id, at: new Date(row.at).toISOString() })),
      nextCursor,
    };
  }

  private async tellAuthor(tx: EntityManager, actorId: string, row: MessageRow): Promise<void> {
    const at = new Date().toISOString();
    const { id: messageId, room_id: roomId, seq, parent_id: parentId, author_id: userId, body } = row;
    const thread = parentId === null ? {} : { threadId: parentId };
    const occasion = { messageId, roomId, seq, ...thread, actorId, at, reason: 'reaction' as const, userId };
    const message = { id: messageId, roomId, seq, body, ...(parentId !== null && { parentId }) };
    await this.notifier.decide(tx, [occasion], { message, actorId, at });
  }

  private change(actorId: string, { roomId, messageId }: Input, change: Change): Promise<Message> {
    return transact(this.em, async (tx) => {
      const room = await this.log.lock(tx, roomId);
      const row = await this.messages.findRow(tx, actorId, roomId, messageId);
      if (!row || row.deleted_at !== null) throw new AppError('message_not_found');
      const body = await change(tx, row, room);
      if (body) await this.log.append(tx, room, [{ actorId, body }]);
      return (await this.messages.findById(tx, actorId, roomId, messageId))!;
    });
  }
}
