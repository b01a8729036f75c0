import { Signals } from '@atrium/bus';
import { AppError, messageSignals, type OutputOf, type ParsedInputOf, type messages } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import { ReadingService } from '../reading/reading.service.ts';

type Place = { roomId: string; messageId: string };

/** Who follows which thread. */
@Injectable()
export class FollowsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly messages: MessagesRepository,
    private readonly reading: ReadingService,
    private readonly signals: Signals,
  ) {}

  /** What was answered before somebody followed for the first time is not unread for them. */
  async follow(actorId: string, input: ParsedInputOf<typeof messages.follow>): Promise<Record<string, never>> {
    const { id: messageId } = await this.rootOf(actorId, input);
    await this.em.execute(
      `insert into thread_follows (root_id, user_id, room_id, following, read_seq)
       select ?, ?, id, ?, last_seq from rooms where id = ?
       on conflict (root_id, user_id) do update set following = excluded.following`,
      [messageId, actorId, input.following, input.roomId],
    );
    this.signals.send(messageSignals.followed, { ...input, userId: actorId, messageId });
    await this.reading.tell(actorId, input.roomId, messageId);
    return {};
  }

  /** Who wrote the root follows from the first reply on, unless they have left before it. */
  async isFollowing(actorId: string, input: Place): Promise<OutputOf<typeof messages.following>> {
    const root = await this.rootOf(actorId, input);
    const [choice] = await this.em.execute<{ following: boolean }[]>(
      'select following from thread_follows where root_id = ? and user_id = ?',
      [root.id, actorId],
    );
    return { following: choice?.following ?? root.authorId === actorId };
  }

  private async rootOf(actorId: string, { roomId, messageId }: Place): Promise<{ id: string; authorId: string }> {
    await this.access.requireMember(roomId, actorId);
    const message = await this.messages.findRow(this.em, actorId, roomId, messageId);
    const root = message?.parent_id ? await this.messages.findRow(this.em, actorId, roomId, message.parent_id) : message;
    if (!root) throw new AppError('message_not_found');
    return { id: root.id, authorId: root.author_id };
  }
}
