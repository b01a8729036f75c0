import { RpcClient, type CallOptions } from '@atrium/bus';
import { rooms, type Room } from '@atrium/contracts';
import { readCursor, writeCursor } from '@atrium/service-kit';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoomComposer, type ActiveRoom } from './room.composer.ts';

type ListQuery = { query: string; cursor?: string; limit: number };
type Page = { items: Room[]; nextCursor: string | null };

/** The caller's rooms, favourites first, by latest activity, which no single service could sort by. */
@Injectable()
export class JoinedRooms {
  constructor(
    private readonly rpc: RpcClient,
    private readonly composer: RoomComposer,
  ) {}

  async list({ query, cursor, limit }: ListQuery, call: CallOptions): Promise<Page> {
    const { items } = await this.rpc.call(rooms.listJoined, {}, call);
    const wanted = query.toLocaleLowerCase();
    const matching = items.filter(({ name, topic }) => `${name}\n${topic}`.toLocaleLowerCase().includes(wanted));
    const shown = (await this.composer.composeAll(matching, call)).filter(({ hidden }) => !hidden);
    const sorted = shown.sort((a, b) => compare(positionOf(b), positionOf(a)));
    return pageAfter(sorted, cursor, limit);
  }
}

/** Where a room stands in the list, favourites first; ISO instants and ids both sort as text. */
const positionOf = ({ room, lastActivityAt }: ActiveRoom) => `${room.me?.favourite ? 1 : 0}|${lastActivityAt}|${room.id}`;
const Place = z.tuple([z.string().regex(/^[01]\|[\d:.TZ-]+\|[0-9a-f-]{36}$/)]);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function pageAfter(sorted: readonly ActiveRoom[], cursor: string | undefined, limit: number): Page {
  const [after] = readCursor(cursor, Place) ?? [];
  const start = after === undefined ? 0 : sorted.findIndex((active) => positionOf(active) < after);
  const page = start < 0 ? [] : sorted.slice(start, start + limit);
  const last = page.at(-1);
  const more = start >= 0 && start + limit < sorted.length;
  return {
    items: page.map(({ room }) => room),
    nextCursor: more && last ? writeCursor([positionOf(last)]) : null,
  };
}
