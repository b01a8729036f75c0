import type { Call, FileHit, OutputOf, SearchRequest, files } from '@atrium/contracts';
import { findWanted, highlight, isMarkedIn, transact, type FoundWanted, type Marked } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FilesAccess } from '../access/files.access.ts';
import { FileEntity } from '../files/file.entity.ts';
import { toFileRecord } from '../files/file.mapper.ts';
import { SearchIndexer } from './search-indexer.service.ts';
import { SearchRepository, type FoundRow } from './search.repository.ts';

/** Finds files by their names and by what they say, as far as the actor may see them now. */
@Injectable()
export class SearchService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: FilesAccess,
    private readonly indexer: SearchIndexer,
    private readonly repository: SearchRepository,
  ) {}

  async search(actorId: string, request: SearchRequest, call: Call): Promise<OutputOf<typeof files.search>> {
    for (const roomId of request.roomIds ?? []) await this.access.requireMember(actorId, roomId, call);
    await this.indexer.catchUp();
    const { rows, total, marked, similar } = await transact(this.em, (tx) => this.find(tx, actorId, request));
    const found = await this.em.fork().find(FileEntity, { id: { $in: rows.map(({ id }) => id) }, deletedAt: null });
    const byId = new Map(found.map((file) => [file.id, file]));
    const items = rows.flatMap((row) => {
      const file = byId.get(row.id);
      return file ? [{ rank: row.rank, id: row.id, hit: hitOf(row, file, marked) }] : [];
    });
    return { items, total, similar };
  }

  private async find(tx: EntityManager, actorId: string, request: SearchRequest): Promise<FoundWanted<FoundRow>> {
    const rooms = await this.repository.findRooms(tx, actorId, request.roomIds);
    // Nobody is named in a file, and nothing is pinned to one.
    const isOfMessages = request.mentionsMe || request.has.some((what) => what !== 'file' && what !== 'image');
    return findWanted(tx, request, async (terms) => {
      if (rooms.length === 0 || isOfMessages || request.authorIds?.length === 0) return { rows: [], total: { value: 0, exact: true } };
      return this.repository.find(tx, actorId, request, { rooms, terms });
    });
  }
}

/** The page that answers best with its passage, and the name where that is found too. */
function hitOf(row: FoundRow, file: FileEntity, marked: Marked): FileHit {
  const base = { kind: 'file' as const, roomId: file.roomId, score: row.score, file: toFileRecord(file) };
  const { text: name, ranges } = highlight(file.name, marked);
  if (row.text === null) return { ...base, highlights: [{ text: name, ranges }] };
  const { place, ...passage } = highlight(row.text, marked);
  return {
    ...base,
    highlights: [passage, ...(isMarkedIn(file.name, marked) ? [{ text: name, ranges }] : [])],
    page: row.page,
    passage: place,
  };
}
