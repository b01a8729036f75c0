import { RpcClient, type CallOptions } from '@atrium/bus';
import {
  AppError,
  Id,
  Instant,
  files,
  messages,
  readSearch,
  type OutputOf,
  type SearchHit,
  type SearchQuery,
  type SearchRequest,
  type SearchResults,
} from '@atrium/contracts';
import { readCursor, writeCursor } from '@atrium/service-kit';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { SearchNames } from './search-names.ts';

/** Where a source's part of the list goes on: behind a hit, at its beginning, or nowhere. */
const SourcePlace = z.union([z.object({ rank: z.number(), id: Id, similar: z.boolean() }), z.enum(['begin', 'end'])]);
type SourcePlace = z.output<typeof SourcePlace>;
const Place = z.tuple([Instant, SourcePlace, SourcePlace]);
/** A page of the merged list: when its first page was asked for, and where each source goes on. */
type SearchPlace = { asOf: string; messages: SourcePlace; files: SourcePlace };

type Source = 'messages' | 'files';
type Ranked = { source: Source; rank: number; id: string; hit: SearchHit };
type Part = { items: Ranked[]; total: { value: number; exact: boolean }; similar: boolean; behindMs?: number; isMissing?: boolean };
const EMPTY: Part = { items: [], total: { value: 0, exact: true }, similar: false };

/** One list of what two services find, each of which ranks its own by the same measure. */
@Injectable()
export class Searches {
  constructor(
    private readonly rpc: RpcClient,
    private readonly names: SearchNames,
  ) {}

  async search(query: SearchQuery, call: CallOptions): Promise<SearchResults> {
    const read = readSearch(query);
    const [asOf, ofMessages, ofFiles] = readCursor(query.cursor, Place) ?? [
      new Date().toISOString(),
      read.kind === 'files' ? 'end' : 'begin',
      read.kind === 'messages' ? 'end' : 'begin',
    ];
    const at: SearchPlace = { asOf, messages: ofMessages, files: ofFiles };
    const [authorIds, roomIds] = await Promise.all([this.names.authors(read, call), this.names.rooms(read, call)]);
    const { words, phrases, has, before, after, mentionsMe } = read;
    const request = {
      words,
      phrases,
      has,
      before,
      after,
      mentionsMe,
      authorIds,
      roomIds,
      sort: query.sort,
      asOf: at.asOf,
      limit: query.limit + 1,
    };
    const parts = await this.ask(request, at, call);
    return merge(parts, at, query.limit);
  }

  /** What is away is left out and said to be; when nothing is left, so is the search. */
  private async ask(request: SearchRequest, at: SearchPlace, call: CallOptions): Promise<Record<Source, Part>> {
    const sources: Source[] = ['messages', 'files'];
    const asked = await Promise.allSettled(sources.map((source) => this.askOne(source, request, at[source], call)));
    const failures = asked.flatMap((one) => (one.status === 'rejected' ? [AppError.from(one.reason)] : []));
    const serious = failures.find(({ kind }) => kind !== 'unavailable' && kind !== 'deadline_exceeded');
    const answered = sources.filter((source, index) => at[source] !== 'end' && asked[index]!.status === 'fulfilled');
    if (serious ?? (failures.length > 0 && answered.length === 0)) throw serious ?? failures[0]!;
    const [ofMessages, ofFiles] = asked.map((one): Part => (one.status === 'fulfilled' ? one.value : { ...EMPTY, isMissing: true }));
    return { messages: ofMessages!, files: ofFiles! };
  }

  private async askOne(source: Source, request: SearchRequest, place: SourcePlace, call: CallOptions): Promise<Part> {
    if (place === 'end') return EMPTY;
    const input = { ...request, place: place === 'begin' ? undefined : place };
    const found: OutputOf<typeof messages.search> | OutputOf<typeof files.search> =
      source === 'messages' ? await this.rpc.call(messages.search, input, call) : await this.rpc.call(files.search, input, call);
    return { ...found, items: found.items.map((item) => ({ source, ...item })) };
  }
}

/** The best of both, and where each goes on behind it. */
export function merge(parts: Record<Source, Part>, at: SearchPlace, limit: number): SearchResults {
  const ranked = [...parts.messages.items, ...parts.files.items].sort((a, b) => b.rank - a.rank || (a.id < b.id ? 1 : -1));
  const shown = ranked.slice(0, limit);
  const next = (source: Source): SourcePlace => {
    const { items, similar, isMissing } = parts[source];
    if (isMissing) return at[source];
    const taken = shown.filter((item) => item.source === source);
    if (taken.length === items.length) return 'end';
    const last = taken.at(-1);
    return last ? { rank: last.rank, id: last.id, similar } : at[source];
  };
  const missing = (['messages', 'files'] as const).filter((source) => parts[source].isMissing);
  const totals = [parts.messages.total, parts.files.total];
  return {
    items: shown.map(({ hit }) => hit),
    nextCursor: ranked.length > limit ? writeCursor([at.asOf, next('messages'), next('files')]) : null,
    total: { value: totals[0]!.value + totals[1]!.value, exact: totals.every(({ exact }) => exact) && missing.length === 0 },
    ...(parts.messages.behindMs !== undefined && { behindMs: parts.messages.behindMs }),
    ...(missing.length > 0 && { missing }),
  };
}
