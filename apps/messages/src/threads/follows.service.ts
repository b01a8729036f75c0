import { AppError, type ParsedInputOf, type messages } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import { ReadingService } from '../reading/reading.service.ts';

/** Who follows which thread by their own choice. */
@Injectable()
export class FollowsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly messages: MessagesRepository,
    private readonly reading: ReadingService,
  ) {}

  /** What was answered before somebody followed for the first time is not unread for them. */
  async follow(actorId: string, input: ParsedInputOf<typeof messages.follow>): Promise<Record<string, never>> {
    await this.access.requireMember(input.roomId, actorId);
    const message = await this.messages.findRow(this.em, actorId, input.roomId, input.messageId);
    if (!message) throw new AppError('message_not_found');
    const rootId = message.parent_id ?? message.id;
    await this.em.execute(
      `insert into thread_follows (root_id, user_id, room_id, following, read_seq)
       select ?, ?, id, ?, last_seq from rooms where id = ?
       on conflict (root_id, user_id) do update set following = excluded.following`,
      [rootId, actorId, input.following, input.roomId],
    );
    await this.reading.tell(actorId, input.roomId, rootId);
    return {};
  }
}
