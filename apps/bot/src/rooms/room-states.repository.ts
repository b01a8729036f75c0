import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** What the bot remembers of a room: whether it is on, since which entry, and who could not have read what. */
export type RoomState = {
  /** Null while nobody has told. */
  botEnabled: boolean | null;
  /** The entry that switched it last. */
  toggledSeq: number;
  /** The entry at which somebody joined last. */
  lastJoinSeq: number;
};

const UNKNOWN: RoomState = { botEnabled: null, toggledSeq: 0, lastJoinSeq: 0 };

@Injectable()
export class RoomStatesRepository {
  async get(em: EntityManager, roomId: string): Promise<RoomState> {
    const [row] = await em.execute<RoomState[]>(
      `select bot_enabled "botEnabled", toggled_seq "toggledSeq", last_join_seq "lastJoinSeq" from room_states where room_id = ?`,
      [roomId],
    );
    return row ?? UNKNOWN;
  }

  /** Takes in a switch from the log. An older one that arrives late changes nothing. */
  async toggle(em: EntityManager, roomId: string, { seq, enabled }: { seq: number; enabled: boolean }): Promise<void> {
    await em.execute(
      `insert into room_states as r (room_id, bot_enabled, toggled_seq) values (?, ?, ?)
       on conflict (room_id) do update set bot_enabled = excluded.bot_enabled, toggled_seq = excluded.toggled_seq
         where r.toggled_seq < excluded.toggled_seq`,
      [roomId, enabled, seq],
    );
  }

  /** Remembers what rooms said, unless the log has told meanwhile. */
  async learn(em: EntityManager, roomId: string, enabled: boolean): Promise<void> {
    await em.execute(
      `insert into room_states as r (room_id, bot_enabled) values (?, ?)
       on conflict (room_id) do update set bot_enabled = excluded.bot_enabled where r.bot_enabled is null`,
      [roomId, enabled],
    );
  }

  async noteJoin(em: EntityManager, roomId: string, seq: number): Promise<void> {
    await em.execute(
      `insert into room_states as r (room_id, last_join_seq) values (?, ?)
       on conflict (room_id) do update set last_join_seq = greatest(r.last_join_seq, excluded.last_join_seq)`,
      [roomId, seq],
    );
  }

  /** The state, held still until the transaction ends: what a post is decided on. */
  async lock(tx: EntityManager, roomId: string): Promise<RoomState> {
    await tx.execute('select 1 from room_states where room_id = ? for update', [roomId]);
    return this.get(tx, roomId);
  }
}
