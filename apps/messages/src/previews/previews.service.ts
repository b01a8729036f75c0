import { AppError, type LinkPreview, type Message, type ParsedInputOf, type messages } from '@atrium/contracts';
import { AuditLog, transact, uuidv7 } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { RoomLogRepository, type LockedRoom } from '../log/room-log.repository.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import { LinkJobs, type LinkJob } from './link-jobs.ts';
import type { PagePreview } from './page-previews.ts';

/** What messages show of the pages they link to. */
@Injectable()
export class PreviewsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly log: RoomLogRepository,
    private readonly messages: MessagesRepository,
    private readonly jobs: LinkJobs,
    private readonly audit: AuditLog,
  ) {}

  /** Shows what was found, unless the message was deleted, said something else, or had its previews taken away meanwhile. */
  async show(job: LinkJob, found: readonly PagePreview[]): Promise<void> {
    await transact(this.em.fork(), async (tx) => {
      const room = await this.log.lock(tx, job.roomId);
      await this.jobs.end(tx, job);
      const [row] = await tx.execute<{ previews: LinkPreview[] | null }[]>(
        'select previews from messages where id = ? and version = ? and deleted_at is null',
        [job.messageId, job.version],
      );
      if (!row || row.previews?.length === 0 || isSame(row.previews ?? [], found)) return;
      await tx.execute('delete from preview_images where message_id = ?', [job.messageId]);
      const previews = await this.keepPictures(tx, job.messageId, found);
      await this.store(tx, room, { messageId: job.messageId, previews: previews.length > 0 ? previews : null, actorId: null });
    });
  }

  async remove(actorId: string, { roomId, messageId }: ParsedInputOf<typeof messages.removePreviews>): Promise<Message> {
    const { role } = await this.access.requireMember(roomId, actorId);
    return transact(this.em.fork(), async (tx) => {
      const room = await this.log.lock(tx, roomId);
      const row = await this.messages.findRow(tx, actorId, roomId, messageId);
      if (!row || row.deleted_at !== null) throw new AppError('message_not_found');
      if (row.author_id !== actorId && role === 'member') throw new AppError('forbidden', 'Its author and moderators may do this.');
      if (row.previews?.length !== 0) {
        await tx.execute('delete from preview_images where message_id = ?', [messageId]);
        await this.store(tx, room, { messageId, previews: [], actorId });
        const details = { authorId: row.author_id, seq: row.seq };
        if (row.author_id !== actorId)
          await this.audit.record(tx, { actorId, action: 'message.previews_removed', targetId: messageId, roomId, details });
      }
      return (await this.messages.findById(tx, actorId, roomId, messageId))!;
    });
  }

  async image(actorId: string, { roomId, messageId, previewId }: ParsedInputOf<typeof messages.previewImage>): Promise<{ webp: string }> {
    await this.access.requireMember(roomId, actorId);
    const message = await this.messages.findById(this.em, actorId, roomId, messageId);
    if (!message) throw new AppError('message_not_found');
    const [row] = await this.em.execute<{ webp: Buffer }[]>('select webp from preview_images where id = ? and message_id = ?', [
      previewId,
      messageId,
    ]);
    if (!row) throw new AppError('not_found');
    return { webp: Buffer.from(row.webp).toString('base64') };
  }

  private async keepPictures(tx: EntityManager, messageId: string, found: readonly PagePreview[]): Promise<LinkPreview[]> {
    const previews: LinkPreview[] = [];
    for (const { picture, ...words } of found) {
      const id = uuidv7();
      if (picture) await tx.execute('insert into preview_images (id, message_id, webp) values (?, ?, ?)', [id, messageId, picture.webp]);
      previews.push({ id, ...words, ...(picture && { image: { width: picture.width, height: picture.height } }) });
    }
    return previews;
  }

  private async store(tx: EntityManager, room: LockedRoom, change: Change): Promise<void> {
    const { messageId, previews, actorId } = change;
    await tx.execute('update messages set previews = ?::jsonb where id = ?', [previews && JSON.stringify(previews), messageId]);
    const message = (await this.messages.findForEntries(tx, [messageId])).get(messageId)!;
    await this.log.append(tx, room, [{ actorId, messageId, body: { type: 'message.previewed', messageId, message } }]);
  }
}

type Change = { messageId: string; previews: LinkPreview[] | null; actorId: string | null };

/** An edit that leaves the links as they were changes nothing of what is shown. */
const isSame = (shown: readonly LinkPreview[], found: readonly PagePreview[]): boolean =>
  shown.length === found.length && shown.every(({ url, title }, index) => url === found[index]?.url && title === found[index].title);
