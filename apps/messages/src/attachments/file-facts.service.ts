import type { PayloadOf, fileEvents } from '@atrium/contracts';
import { Inbox, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { EntryBody } from '../log/log-entry.ts';
import { RoomLogRepository } from '../log/room-log.repository.ts';
import { AttachmentsRepository } from './attachments.repository.ts';

type Fact<E extends keyof typeof fileEvents> = PayloadOf<(typeof fileEvents)[E]>;

/** Takes the facts of the files service into the room's log and into what messages show as attached. */
@Injectable()
export class FileFactsService {
  constructor(
    private readonly em: EntityManager,
    private readonly inbox: Inbox,
    private readonly log: RoomLogRepository,
    private readonly attachments: AttachmentsRepository,
  ) {}

  added(fact: Fact<'added'>, eventId: string): Promise<void> {
    return this.take(fact, eventId, { type: 'file.added', file: fact.file }, (tx, seq) => this.attachments.save(tx, fact.file, seq));
  }

  statusChanged(fact: Fact<'statusChanged'>, eventId: string): Promise<void> {
    const { id: fileId, status, statusReason = null } = fact.file;
    return this.take(fact, eventId, { type: 'file.status', fileId, status, statusReason, file: fact.file }, (tx, seq) =>
      this.attachments.save(tx, fact.file, seq),
    );
  }

  deleted(fact: Fact<'deleted'>, eventId: string): Promise<void> {
    return this.take(fact, eventId, { type: 'file.deleted', fileId: fact.fileId }, (tx) => this.attachments.remove(tx, fact.fileId));
  }

  private take(
    fact: { roomId: string; actorId: string | null },
    eventId: string,
    body: EntryBody,
    project: (tx: EntityManager, seq: number) => Promise<void>,
  ): Promise<void> {
    return transact(this.em, (tx) =>
      this.inbox.once(tx, eventId, async () => {
        const room = await this.log.lock(tx, fact.roomId);
        await project(tx, room.lastSeq + 1);
        await this.log.append(tx, room, [{ actorId: fact.actorId, body }]);
      }),
    );
  }
}
