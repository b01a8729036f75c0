import { AppError, validationError, type OutputOf, type ParsedInputOf, type messages } from '@atrium/contracts';
import { AuditLog, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { RoomLogRepository, type LockedRoom } from '../log/room-log.repository.ts';
import type { MessageRow } from '../messages/message.row.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import { DeletionsRepository } from './deletions.repository.ts';

/** One deletion, by whoever was found to be allowed to. */
type Deletion = { actorId: string; reason: string | undefined };
type RemoveInput = ParsedInputOf<typeof messages.remove>;

const ERASED_AT_ONCE = 200;

/** A deleted message keeps its place in the log; what it said is gone from everything that people are shown. */
@Injectable()
export class DeletionsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly log: RoomLogRepository,
    private readonly messages: MessagesRepository,
    private readonly repository: DeletionsRepository,
    private readonly audit: AuditLog,
  ) {}

  async remove(actorId: string, input: RemoveInput): Promise<OutputOf<typeof messages.remove>> {
    const row = await this.find(this.em, actorId, input);
    if (row.author_id !== actorId) await this.requireReasonOfModerator(actorId, input);
    return transact(this.em, async (tx) => {
      const room = await this.log.lock(tx, input.roomId);
      const found = await this.find(tx, actorId, input);
      await this.bury(tx, room, found, { actorId, reason: found.author_id === actorId ? undefined : input.reason });
      return { fileIds: found.file_ids ?? [] };
    });
  }

  /** For whoever was found to be an admin; the room reads the reason. @returns the files of the message, which stay */
  async removeAsAdmin(actorId: string, { roomId, messageId, reason }: RemoveInput & { reason: string }): Promise<string[]> {
    return transact(this.em, async (tx) => {
      const room = await this.log.lock(tx, roomId);
      const found = await this.messages.findAnyRow(tx, messageId);
      if (!found) throw new AppError('message_not_found');
      await this.bury(tx, room, found, { actorId, reason });
      return found.file_ids ?? [];
    });
  }

  /** Everything that somebody wrote, wherever; each message by itself, so that no room waits for all of them. */
  async removeAllOf(authorId: string): Promise<void> {
    for (;;) {
      const rows = await this.repository.writtenBy(this.em.fork(), authorId, ERASED_AT_ONCE);
      for (const { id, room_id } of rows)
        await transact(this.em, async (tx) => {
          const room = await this.log.lock(tx, room_id);
          const found = await this.messages.findAnyRow(tx, id);
          if (found) await this.bury(tx, room, found, { actorId: authorId, reason: undefined });
        });
      if (rows.length < ERASED_AT_ONCE) return;
    }
  }

  /** What others wrote is not taken away without a line in the audit log. A repeat changes nothing. */
  private async bury(tx: EntityManager, room: LockedRoom, found: MessageRow, { actorId, reason }: Deletion): Promise<void> {
    if (found.deleted_at !== null) return;
    const at = new Date().toISOString();
    await this.repository.bury(tx, found, { by: actorId, reason, at });
    const thread = found.parent_id === null ? undefined : await this.repository.recountReplies(tx, found.parent_id);
    const said = { messageId: found.id, by: actorId, ...(reason !== undefined && { reason }), messageSeq: found.seq };
    await this.log.append(tx, room, [{ actorId, at, body: { type: 'message.deleted', ...said, ...(thread && { thread }) } }]);
    if (reason === undefined && found.author_id === actorId) return;
    const details = { authorId: found.author_id, seq: found.seq };
    await this.audit.record(tx, { actorId, action: 'message.deleted', targetId: found.id, roomId: room.id, reason, details });
  }

  private async find(em: EntityManager, actorId: string, { roomId, messageId }: RemoveInput): Promise<MessageRow> {
    const row = await this.messages.findRow(em, actorId, roomId, messageId);
    if (row) return row;
    await this.access.requireMember(roomId, actorId);
    const asked = await this.messages.findRow(em, actorId, roomId, messageId);
    if (!asked) throw new AppError('message_not_found');
    return asked;
  }

  private async requireReasonOfModerator(actorId: string, { roomId, reason }: RemoveInput): Promise<void> {
    await this.access.requireModerator(roomId, actorId);
    if (reason === undefined) throw validationError([{ path: ['reason'], message: 'is needed to delete what somebody else wrote' }]);
  }
}
