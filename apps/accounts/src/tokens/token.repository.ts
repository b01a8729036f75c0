import type { Scope, UserRole } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

/** Times as PostgreSQL writes them. */
export type TokenRow = {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
};
export type LivingToken = {
  id: string;
  userId: string;
  role: z.output<typeof UserRole>;
  scopes: Scope[];
  expiresAt: string | null;
  bot: boolean;
};
type NewToken = { userId: string; hash: string; name: string; scopes: readonly Scope[]; expiresAt: Date | null };

const COLUMNS = `id, name, scopes, created_at "createdAt", expires_at "expiresAt", last_used_at "lastUsedAt"`;
/** How exactly the last use is told; each use would be a write otherwise. */
const USE_NOTED_EVERY_SECONDS = 60;

/** Personal access tokens. A revoked one stays no longer than it takes to say so. */
@Injectable()
export class TokenRepository {
  list(em: EntityManager, userId: string): Promise<TokenRow[]> {
    return em.execute<TokenRow[]>(`select ${COLUMNS} from access_tokens where user_id = ? order by id desc`, [userId]);
  }

  /** @param most how many a person may have. @returns nothing when that many are there */
  async add(tx: EntityManager, { userId, hash, name, scopes, expiresAt }: NewToken, most: number): Promise<TokenRow | undefined> {
    await tx.execute('select 1 from users where id = ? for update', [userId]);
    const [row] = await tx.execute<TokenRow[]>(
      `insert into access_tokens (id, user_id, token_hash, name, scopes, expires_at)
       select ?, ?, ?, ?, (select array_agg(scope) from jsonb_array_elements_text(?::jsonb) scope), ?::timestamptz
        where (select count(*) from access_tokens where user_id = ?) < ?
       returning ${COLUMNS}`,
      [uuidv7(), userId, hash, name, JSON.stringify(scopes), expiresAt, userId, most],
    );
    return row;
  }

  /** @returns the ids of those that this call removed */
  async remove(tx: EntityManager, userId: string, tokenId?: string): Promise<string[]> {
    const rows = await tx.execute<{ id: string }[]>(
      'delete from access_tokens where user_id = ? and (?::uuid is null or id = ?::uuid) returning id',
      [userId, tokenId ?? null, tokenId ?? null],
    );
    return rows.map(({ id }) => id);
  }

  /** A bot's token lives no longer than its owner's account. */
  async findLiving(em: EntityManager, hash: string): Promise<LivingToken | undefined> {
    const [row] = await em.execute<LivingToken[]>(
      `select t.id, t.user_id "userId", u.role, t.scopes, t.expires_at "expiresAt", u.is_bot "bot"
         from access_tokens t join users u on u.id = t.user_id
         left join bots b on b.id = u.id left join users owner on owner.id = b.owner_id
        where t.token_hash = ? and u.disabled_at is null and b.removed_at is null and owner.disabled_at is null
          and (t.expires_at is null or t.expires_at > clock_timestamp())`,
      [hash],
    );
    return row;
  }

  async noteUse(em: EntityManager, tokenId: string): Promise<void> {
    await em.execute(
      `update access_tokens set last_used_at = clock_timestamp()
        where id = ? and (last_used_at is null or last_used_at < clock_timestamp() - make_interval(secs => ?))`,
      [tokenId, USE_NOTED_EVERY_SECONDS],
    );
  }
}
