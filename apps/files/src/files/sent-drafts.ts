import { OnEvent } from '@atrium/bus';
import { messageEvents, type PayloadOf } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Controller } from '@nestjs/common';
import { FileEntity } from './file.entity.ts';
import { FileTeller } from './file-teller.ts';

/** Attachments are their uploader's alone until their message is sent; this hears of it. */
@Controller()
export class SentDrafts {
  constructor(
    private readonly em: EntityManager,
    private readonly teller: FileTeller,
  ) {}

  /** From here on the room has them, added when the message was sent. Hearing it twice changes nothing. */
  @OnEvent(messageEvents.attached, { consumer: 'files-drafts' })
  async publish({ roomId, authorId, fileIds, at }: PayloadOf<typeof messageEvents.attached>): Promise<void> {
    await transact(this.em, async (tx) => {
      const sent = { id: { $in: fileIds }, roomId, uploaderId: authorId, draft: true, deletedAt: null };
      const files = await tx.find(FileEntity, sent, { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } });
      for (const file of files) {
        file.draft = false;
        file.createdAt = new Date(at);
        await this.teller.tell(tx, 'statusChanged', file, authorId);
      }
    });
  }
}
