import { AuditLog, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { RoomLogRepository } from '../log/room-log.repository.ts';

/** Pages of one look at a room are one look. */
const SAME_LOOK_SECONDS = 3600;

export type Look = { actorId: string; reason: string };

/** An admin reads what they are no party to: it is written down, and the room is told who and why. */
@Injectable()
export class Inspections {
  constructor(
    private readonly em: EntityManager,
    private readonly log: RoomLogRepository,
    private readonly audit: AuditLog,
  ) {}

  /** What is said in a room. Within an hour the same reason is told once. */
  async ofRoom(roomId: string, { actorId, reason }: Look): Promise<void> {
    await transact(this.em, async (tx) => {
      const room = await this.log.lock(tx, roomId);
      const note = { actorId, action: 'messages.read', roomId, reason };
      if (await this.audit.hasJustWritten(tx, note, SAME_LOOK_SECONDS)) return;
      await this.audit.record(tx, note);
      await this.log.append(tx, room, [{ actorId, body: { type: 'messages.inspected', reason } }]);
    });
  }

  /** A message that was deleted. */
  async ofDeleted(message: { id: string; roomId: string; authorId: string }, { actorId, reason }: Look): Promise<void> {
    const { id, roomId, authorId } = message;
    await transact(this.em, async (tx) => {
      const room = await this.log.lock(tx, roomId);
      await this.audit.record(tx, { actorId, action: 'message.deleted_read', targetId: id, roomId, reason, details: { authorId } });
      await this.log.append(tx, room, [{ actorId, body: { type: 'messages.inspected', messageId: id, reason } }]);
    });
  }

  /** Words that were looked for in rooms of which nothing was shown. */
  async ofWords(query: string, rooms: readonly string[], actorId: string): Promise<void> {
    await transact(this.em, (tx) => this.audit.record(tx, { actorId, action: 'messages.searched', details: { query, rooms } }));
  }
}
