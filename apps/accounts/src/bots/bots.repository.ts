import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export type BotRow = {
  id: string;
  username: string;
  name: string;
  description: string;
  avatarUrl: string | null;
  createdAt: string;
  disabledAt: string | null;
};

const BOTS = `select u.id, u.username, u.display_name "name", b.description, u.avatar_url "avatarUrl", u.created_at "createdAt",
  u.disabled_at "disabledAt" from bots b join users u on u.id = b.id where b.removed_at is null`;

/** Whose bots there are. Each read names the owner, or the bot that asks for itself. */
@Injectable()
export class BotsRepository {
  list(em: EntityManager, ownerId: string): Promise<BotRow[]> {
    return em.execute<BotRow[]>(`${BOTS} and b.owner_id = ? order by u.id desc`, [ownerId]);
  }

  /** For its owner alone. */
  async findOwn(em: EntityManager, ownerId: string, botId: string): Promise<BotRow | undefined> {
    const [row] = await em.execute<BotRow[]>(`${BOTS} and b.owner_id = ? and b.id = ?`, [ownerId, botId]);
    return row;
  }

  /** For its owner and for itself. */
  async findFor(em: EntityManager, actorId: string, botId: string): Promise<BotRow | undefined> {
    const [row] = await em.execute<BotRow[]>(`${BOTS} and ? in (b.owner_id, b.id) and b.id = ?`, [actorId, botId]);
    return row;
  }

  async idsOf(em: EntityManager, ownerId: string): Promise<string[]> {
    const rows = await em.execute<{ id: string }[]>('select id from bots where owner_id = ? and removed_at is null', [ownerId]);
    return rows.map(({ id }) => id);
  }

  /** @param most how many somebody may own; their account is locked, so that two calls cannot both add the last */
  async add(tx: EntityManager, bot: { id: string; ownerId: string; description: string }, most: number): Promise<boolean> {
    await tx.execute('select 1 from users where id = ? for update', [bot.ownerId]);
    const rows = await tx.execute(
      `insert into bots (id, owner_id, description)
       select ?, ?, ? where (select count(*) from bots where owner_id = ? and removed_at is null) < ? returning id`,
      [bot.id, bot.ownerId, bot.description, bot.ownerId, most],
    );
    return rows.length > 0;
  }

  async describe(tx: EntityManager, botId: string, description: string): Promise<void> {
    await tx.execute('update bots set description = ? where id = ?', [description, botId]);
  }

  /** Shut like an account that an admin disables, so that nobody finds it any more. */
  async remove(tx: EntityManager, botId: string): Promise<void> {
    await tx.execute('update bots set removed_at = clock_timestamp() where id = ?', [botId]);
    await tx.execute(
      `update users set disabled_at = coalesce(disabled_at, clock_timestamp()), disabled_reason = 'removed by its owner' where id = ?`,
      [botId],
    );
  }
}
