import type { FileFact, fileFacts } from '@atrium/contracts';
import type { FactAppliers } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { EntryBody } from '../log/log-entry.ts';
import { RoomLogRepository } from '../log/room-log.repository.ts';
import { AttachmentsRepository } from './attachments.repository.ts';

/** Takes the facts of the files service into the room's log and into what messages show as attached, in their order. */
@Injectable()
export class FileFactsService {
  readonly appliers: FactAppliers<typeof fileFacts> = {
    added: (tx, fact) => this.tell(tx, fact, { type: 'file.added', file: fact.file }, (seq) => this.attachments.save(tx, fact.file, seq)),
    statusChanged: (tx, fact) => {
      const { draft: _draft, ...file } = fact.file;
      const { id: fileId, status, statusReason = null } = file;
      const body: EntryBody = { type: 'file.status', fileId, status, statusReason, file };
      return this.tell(tx, fact, body, (seq) => this.attachments.save(tx, fact.file, seq));
    },
    deleted: (tx, fact) =>
      this.tell(tx, fact, { type: 'file.deleted', fileId: fact.fileId }, () => this.attachments.remove(tx, fact.fileId)),
  };

  constructor(
    private readonly log: RoomLogRepository,
    private readonly attachments: AttachmentsRepository,
  ) {}

  private async tell(tx: EntityManager, fact: FileFact, body: EntryBody, project: (seq: number) => Promise<void>): Promise<void> {
    const room = await this.log.lock(tx, fact.roomId);
    await project(room.lastSeq + 1);
    // The room learns of an attachment with its message.
    if (await this.attachments.isDraft(tx, fact.fileId)) return;
    await this.log.append(tx, room, [{ actorId: fact.actorId, body }]);
  }
}
