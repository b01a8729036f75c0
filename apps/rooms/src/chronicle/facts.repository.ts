import type { NumberedFact } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

type ToldFact = Omit<NumberedFact, 'payload'> & { roomId: string; at: Date; payload: object };
export type Page<T> = { items: T[]; hasAfter: boolean };

const FACTS_A_PAGE = 100;
const HEADS_A_PAGE = 1000;
/** Well beyond what a service compares after it was away. */
const KEEP_DAYS = 14;

/** What other services were told of each room, numbered without a hole: they ask for what did not arrive. */
@Injectable()
export class FactsRepository {
  async add(tx: EntityManager, { id, name, roomId, version, at, payload }: ToldFact): Promise<void> {
    await tx.execute('insert into facts (room_id, version, id, name, payload, at) values (?, ?, ?, ?, ?, ?)', [
      roomId,
      version,
      id,
      name,
      JSON.stringify(payload),
      at,
    ]);
  }

  async findAfter(em: EntityManager, roomId: string, version: number): Promise<Page<NumberedFact>> {
    const rows = await em.execute<NumberedFact[]>(
      'select id, name, version, payload from facts where room_id = ? and version > ? order by version limit ?',
      [roomId, version, FACTS_A_PAGE + 1],
    );
    return { items: rows.slice(0, FACTS_A_PAGE), hasAfter: rows.length > FACTS_A_PAGE };
  }

  /** The last fact of every room of which something was told since. */
  async findHeads(em: EntityManager, since: Date, afterRoomId?: string): Promise<Page<{ key: string; version: number }>> {
    const rows = await em.execute<{ key: string; version: number }[]>(
      `select room_id as key, max(version) as version from facts
        where at > ? and (?::uuid is null or room_id > ?::uuid) group by room_id order by room_id limit ?`,
      [since, afterRoomId ?? null, afterRoomId ?? null, HEADS_A_PAGE + 1],
    );
    return { items: rows.slice(0, HEADS_A_PAGE), hasAfter: rows.length > HEADS_A_PAGE };
  }

  async purge(em: EntityManager): Promise<void> {
    await em.execute('delete from facts where at < now() - make_interval(days => ?)', [KEEP_DAYS]);
  }
}
