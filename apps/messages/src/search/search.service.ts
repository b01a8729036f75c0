import { saidIn, type OutputOf, type SearchRequest, type messages } from '@atrium/contracts';
import { findWanted, highlight, transact, type FoundWanted } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import { readable } from './readable.ts';
import { SearchIndexer } from './search-indexer.service.ts';
import { SearchRepository, type FoundRow } from './search.repository.ts';

/** Finds messages, as far as the actor may see them now. */
@Injectable()
export class SearchService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly indexer: SearchIndexer,
    private readonly repository: SearchRepository,
    private readonly messages: MessagesRepository,
  ) {}

  async search(actorId: string, request: SearchRequest): Promise<OutputOf<typeof messages.search>> {
    for (const roomId of request.roomIds ?? []) await this.access.requireMember(roomId, actorId);
    const behindMs = await this.indexer.catchUp(actorId);
    const { rows, total, marked, similar } = await transact(this.em, (tx) => this.find(tx, actorId, request));
    const found = await this.messages.toMessages(this.em, rows, actorId);
    const items = found.map((message, index) => {
      const { text, ranges } = highlight(readable(saidIn(message)).text, marked);
      const { score, rank } = rows[index]!;
      const highlights = text === '' ? [] : [{ text, ranges }];
      return { rank, id: message.id, hit: { kind: 'message' as const, roomId: message.roomId, score, highlights, message } };
    });
    return { items, total, similar, ...(behindMs > 0 && { behindMs }) };
  }

  private async find(tx: EntityManager, actorId: string, request: SearchRequest): Promise<FoundWanted<FoundRow>> {
    await this.repository.allowWordIndex(tx);
    const rooms = await this.repository.findRooms(tx, actorId, request.roomIds);
    return findWanted(tx, request, async (terms) => {
      if (rooms.length === 0 || request.authorIds?.length === 0) return { rows: [], total: { value: 0, exact: true } };
      return this.repository.find(tx, actorId, request, { rooms, terms });
    });
  }
}
