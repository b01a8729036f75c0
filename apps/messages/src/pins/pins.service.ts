import { AppError, type Message, type ParsedInputOf, type messages } from '@atrium/contracts';
import { AuditLog, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { RoomLogRepository } from '../log/room-log.repository.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';

const MAX_PINS = 100;

@Injectable()
export class PinsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly log: RoomLogRepository,
    private readonly repository: MessagesRepository,
    private readonly audit: AuditLog,
  ) {}

  async list(actorId: string, roomId: string): Promise<{ items: Message[] }> {
    await this.access.requireMember(roomId, actorId);
    return { items: await this.repository.findPinned(this.em, actorId, roomId) };
  }

  /** Pins, unpins, or flips; pinning what is pinned changes nothing and tells nobody. */
  async pin(actorId: string, input: ParsedInputOf<typeof messages.pin>): Promise<Message> {
    await this.access.requireModerator(input.roomId, actorId);
    return transact(this.em, async (tx) => {
      const room = await this.log.lock(tx, input.roomId);
      const message = await this.repository.findById(tx, actorId, input.roomId, input.messageId);
      if (!message || message.deletedAt !== undefined) throw new AppError('message_not_found');
      const pinned = input.pinned ?? message.pinnedAt === undefined;
      if (pinned === (message.pinnedAt !== undefined)) return message;
      if (pinned) await this.requireRoomForOne(tx, input.roomId);
      const changed = await this.store(tx, { message, actorId, pinned });
      const type = pinned ? 'message.pinned' : 'message.unpinned';
      await this.log.append(tx, room, [{ actorId, messageId: message.id, body: { type, messageId: message.id, message: changed } }]);
      await this.audit.record(tx, { actorId, action: type, targetId: message.id, roomId: input.roomId, details: { seq: message.seq } });
      return changed;
    });
  }

  private async store(tx: EntityManager, change: { message: Message; actorId: string; pinned: boolean }): Promise<Message> {
    const { message, actorId, pinned } = change;
    const pinnedAt = pinned ? new Date().toISOString() : null;
    await tx.execute('update messages set pinned_at = ?, pinned_by = ? where id = ?', [pinnedAt, pinned ? actorId : null, message.id]);
    const { pinnedAt: _at, pinnedBy: _by, ...rest } = message;
    return pinnedAt === null ? rest : { ...rest, pinnedAt, pinnedBy: actorId };
  }

  private async requireRoomForOne(tx: EntityManager, roomId: string): Promise<void> {
    const [row] = await tx.execute<{ pins: number }[]>(
      'select count(*)::int as pins from messages where room_id = ? and pinned_at is not null',
      [roomId],
    );
    if (row!.pins >= MAX_PINS) throw new AppError('too_many_pins', `A room has at most ${MAX_PINS} pins; unpin one first.`);
  }
}
