import type { Interaction } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

const HELD_FOR = '30 seconds';
const WORKING_AFTER = '3 seconds';
/** Between two offers to the sockets of a bot. */
const OFFERED_EVERY = '2 seconds';
/** For as long a bot may have no socket, as while it starts anew, before who asks hears of it. */
const AWAY_FOR = '15 seconds';

export type StoredInteraction = {
  id: string;
  botId: string;
  roomId: string;
  userId: string;
  /** The run or the message that it answers. */
  sourceId: string;
  posted: boolean;
  parentId: string | null;
  told: Interaction;
};
export type NewInteraction = StoredInteraction & { byRequest: boolean };
/** A request that this instance alone may send now. */
export type HeldRequest = StoredInteraction & { url: string | null; signingSecret: string | null; tries: number };

const COLUMNS = `id, bot_id "botId", room_id "roomId", user_id "userId", source_id "sourceId", posted, parent_id "parentId", told`;
const IS_OPEN = `state = 'waiting' and expires_at > now()`;
/** For a bot's sockets, none of which has it. `held_until` is when the last of them that had it went. */
const IS_OFFERED = `${IS_OPEN} and not by_request and taken_at is null`;

/** Each use of a bot's command, until its answer is there or late. */
@Injectable()
export class InteractionsRepository {
  /** @returns false when this run or message has one already */
  async add(em: EntityManager, one: NewInteraction): Promise<boolean> {
    const rows = await em.execute(
      `insert into interactions (id, bot_id, room_id, user_id, source_id, posted, parent_id, told, by_request, expires_at)
       values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?) on conflict do nothing returning id`,
      [
        one.id,
        one.botId,
        one.roomId,
        one.userId,
        one.sourceId,
        one.posted,
        one.parentId,
        JSON.stringify(one.told),
        one.byRequest,
        one.told.expiresAt,
      ],
    );
    return rows.length > 0;
  }

  async find(em: EntityManager, id: string, botId: string): Promise<StoredInteraction | null> {
    const [row] = await em.execute<StoredInteraction[]>(`select ${COLUMNS} from interactions where id = ? and bot_id = ?`, [id, botId]);
    return row ?? null;
  }

  /** Of those who ask for it, the first gets it. */
  async take(em: EntityManager, id: string): Promise<Interaction | null> {
    const [row] = await em.execute<{ told: Interaction }[]>(
      `update interactions set taken_at = now() where id = ? and ${IS_OFFERED} returning told`,
      [id],
    );
    return row?.told ?? null;
  }

  /** @returns whose it is, where nobody has it any more */
  async release(em: EntityManager, id: string): Promise<string | null> {
    const [row] = await em.execute<{ botId: string }[]>(
      `update interactions set taken_at = null, held_until = now(), next_at = now() + interval '${OFFERED_EVERY}'
        where id = ? and not by_request and ${IS_OPEN} returning bot_id "botId"`,
      [id],
    );
    return row?.botId ?? null;
  }

  /** Those to offer once more: the first offer met no socket, or one that went. */
  async offerAgain(em: EntityManager): Promise<{ id: string; botId: string }[]> {
    return em.execute(
      `update interactions set next_at = now() + interval '${OFFERED_EVERY}'
        where ${IS_OFFERED} and next_at <= now() and created_at <= now() - interval '${OFFERED_EVERY}' returning id, bot_id "botId"`,
    );
  }

  /** Ends those whose bot has had no socket for too long. */
  async endUnheard(em: EntityManager): Promise<StoredInteraction[]> {
    return em.execute<StoredInteraction[]>(
      `update interactions set state = 'over'
        where ${IS_OFFERED} and coalesce(held_until, created_at) <= now() - interval '${AWAY_FOR}' returning ${COLUMNS}`,
    );
  }

  /** Whether this is the one answer. */
  async close(em: EntityManager, id: string): Promise<boolean> {
    const rows = await em.execute(`update interactions set state = 'answered' where id = ? and ${IS_OPEN} returning id`, [id]);
    return rows.length > 0;
  }

  async reopen(em: EntityManager, id: string): Promise<void> {
    await em.execute(`update interactions set state = 'waiting' where id = ? and state = 'answered'`, [id]);
  }

  /** Takes the request that is due longest, for longer than sending can take; who stops meanwhile lets others have it after that. */
  async hold(em: EntityManager): Promise<HeldRequest | null> {
    const [row] = await em.execute<HeldRequest[]>(
      `update interactions i set held_until = now() + interval '${HELD_FOR}'
         from registrations r
        where r.bot_id = i.bot_id and i.id = (
          select due.id from interactions due join registrations by on by.bot_id = due.bot_id and not by.disabled
           where due.state = 'waiting' and due.expires_at > now() and due.by_request and due.taken_at is null and due.next_at <= now()
             and (due.held_until is null or due.held_until <= now())
           order by due.next_at, due.id limit 1 for update of due skip locked)
       returning i.id, i.bot_id "botId", i.room_id "roomId", i.user_id "userId", i.source_id "sourceId", i.posted,
         i.parent_id "parentId", i.told, i.tries, r.url, r.signing_secret "signingSecret"`,
    );
    return row ?? null;
  }

  async noteTaken(em: EntityManager, id: string): Promise<void> {
    await em.execute('update interactions set taken_at = now(), held_until = null where id = ?', [id]);
  }

  async tryAgain(em: EntityManager, id: string, next: Date): Promise<void> {
    await em.execute('update interactions set tries = tries + 1, held_until = null, next_at = ? where id = ?', [next, id]);
  }

  /** @returns whether this ended it */
  async giveUp(em: EntityManager, id: string): Promise<boolean> {
    const rows = await em.execute(`update interactions set state = 'over' where id = ? and state = 'waiting' returning id`, [id]);
    return rows.length > 0;
  }

  /** Ends those whose time is over. */
  async expire(em: EntityManager): Promise<StoredInteraction[]> {
    return em.execute<StoredInteraction[]>(
      `update interactions set state = 'over' where state = 'waiting' and expires_at <= now() returning ${COLUMNS}`,
    );
  }

  /** Those of posted commands whose authors are still to hear that it takes longer. */
  async takeLong(em: EntityManager): Promise<StoredInteraction[]> {
    return em.execute<StoredInteraction[]>(
      `update interactions set working_told = true
        where ${IS_OPEN} and posted and not working_told and created_at <= now() - interval '${WORKING_AFTER}' returning ${COLUMNS}`,
    );
  }

  async purge(em: EntityManager): Promise<void> {
    await em.execute(`delete from interactions where created_at < now() - interval '1 day'`);
  }
}
