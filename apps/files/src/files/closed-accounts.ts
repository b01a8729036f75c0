import { OnEvent } from '@atrium/bus';
import { accountEvents, type PayloadOf } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller } from '@nestjs/common';
import { FileChatEntity } from '../chats/file-chat.entity.ts';
import { FileEntity } from './file.entity.ts';
import { FilesService } from './files.service.ts';

/**
 * Forgets what somebody asked and never sent, and what they uploaded where they wanted that, once they have closed their
 * account. Hearing it twice changes nothing.
 */
@Controller()
export class ClosedAccounts {
  constructor(
    private readonly em: EntityManager,
    private readonly files: FilesService,
  ) {}

  @OnEvent(accountEvents.accountClosed, { consumer: 'files-closed-accounts' })
  async closed({ userId, messages }: PayloadOf<typeof accountEvents.accountClosed>): Promise<void> {
    await transact(this.em, (tx) => tx.nativeDelete(FileChatEntity, { userId }));
    const theirs = { uploaderId: userId, deletedAt: null, ...(messages === 'keep' && { draft: true }) };
    for (const { id } of await this.em.fork().find(FileEntity, theirs, { orderBy: { id: 'asc' } }))
      await transact(this.em, async (tx) => {
        if (await tx.findOne(FileEntity, { id, deletedAt: null })) await this.files.delete(tx, id, userId);
      });
  }
}
