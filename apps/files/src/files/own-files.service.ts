import { type OutputOf, type ParsedInputOf, type files } from '@atrium/contracts';
import { readIdCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FileChatEntity } from '../chats/file-chat.entity.ts';
import { FileEntity } from './file.entity.ts';
import { toFileRecord } from './file.mapper.ts';

type Page = ParsedInputOf<typeof files.uploaded>;

/** What one person uploaded and asked, whatever rooms they are in now: it is theirs. */
@Injectable()
export class OwnFiles {
  constructor(private readonly em: EntityManager) {}

  async uploaded(uploaderId: string, { cursor, limit }: Page): Promise<OutputOf<typeof files.uploaded>> {
    const where = { uploaderId, deletedAt: null, ...after(cursor) };
    return pageOf(await this.em.fork().find(FileEntity, where, { orderBy: { id: 'asc' }, limit: limit + 1 }), limit, toFileRecord);
  }

  async asked(userId: string, { cursor, limit }: Page): Promise<OutputOf<typeof files.asked>> {
    const where = { userId, answeredAt: { $ne: null }, ...after(cursor) };
    return pageOf(await this.em.fork().find(FileChatEntity, where, { orderBy: { id: 'asc' }, limit: limit + 1 }), limit, toQuestion);
  }
}

const toQuestion = (chat: FileChatEntity): OutputOf<typeof files.asked>['items'][number] => ({
  id: chat.id,
  roomId: chat.roomId,
  fileId: chat.fileId ?? null,
  question: chat.question,
  status: chat.status!,
  cost: chat.cost ?? 0,
  createdAt: chat.createdAt.toISOString(),
});

function after(cursor: string | undefined) {
  return cursor === undefined ? {} : { id: { $gt: readIdCursor(cursor) } };
}

function pageOf<Row extends { id: string }, Item>(rows: Row[], limit: number, toItem: (row: Row) => Item) {
  const page = rows.slice(0, limit);
  return { items: page.map(toItem), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
