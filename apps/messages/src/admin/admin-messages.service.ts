import { AppError, type AdminMessage, type DeletedMessage, type OutputOf, type ParsedInputOf, type messages } from '@atrium/contracts';
import { findTerms, transact } from '@atrium/database';
import { readIdCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DeletionsService } from '../changes/deletions.service.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import { SearchRepository } from '../search/search.repository.ts';
import { AdminMessagesRepository, type FoundMessage } from './admin-messages.repository.ts';
import { Inspections } from './inspections.ts';

/** What admins do with messages of any room. */
@Injectable()
export class AdminMessages {
  constructor(
    private readonly em: EntityManager,
    private readonly repository: AdminMessagesRepository,
    private readonly messages: MessagesRepository,
    private readonly search: SearchRepository,
    private readonly deletions: DeletionsService,
    private readonly inspections: Inspections,
  ) {}

  /** What others say among themselves is shown under a reason, and their rooms are told before the answer leaves. */
  async list(actorId: string, input: ParsedInputOf<typeof messages.adminMessages>): Promise<OutputOf<typeof messages.adminMessages>> {
    const { query, reason, limit, ...filter } = input;
    readIdCursor(filter.cursor);
    const found = await transact(this.em, async (tx) => {
      await this.search.allowWordIndex(tx);
      const terms = await findTerms(tx, query);
      return terms === null ? [] : this.repository.find(tx, actorId, filter, { terms, limit: limit + 1 });
    });
    const page = found.slice(0, limit);
    const foreign = [...new Set(page.filter(({ isOwn }) => !isOwn).map(({ roomId }) => roomId))].sort();
    if (reason !== undefined) for (const roomId of foreign) await this.inspections.ofRoom(roomId, { actorId, reason });
    else if (query !== '' && foreign.length > 0) await this.inspections.ofWords(query, foreign, actorId);
    const items = page.map((message) => shown(message, reason !== undefined));
    return { items, nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null };
  }

  async remove(
    actorId: string,
    { messageId, reason }: ParsedInputOf<typeof messages.adminRemoveMessage>,
  ): Promise<OutputOf<typeof messages.adminRemoveMessage>> {
    const row = await this.messages.findAnyRow(this.em, messageId);
    if (!row) throw new AppError('message_not_found');
    const fileIds = await this.deletions.removeAsAdmin(actorId, { roomId: row.room_id, messageId, reason });
    return { roomId: row.room_id, fileIds };
  }

  /** Told first, read then: what nobody could be told of is not read. */
  async readDeleted(actorId: string, { messageId, reason }: ParsedInputOf<typeof messages.adminDeletedMessage>): Promise<DeletedMessage> {
    const message = await this.repository.findDeleted(this.em, messageId);
    if (!message) throw new AppError('message_not_found', 'No deleted message of this id is kept; what it said goes after 30 days.');
    await this.inspections.ofDeleted(message, { actorId, reason });
    return message;
  }
}

function shown({ isOwn, ...message }: FoundMessage, isReading: boolean): AdminMessage {
  return { ...message, body: isOwn || isReading ? message.body : null };
}
