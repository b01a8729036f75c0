import { uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** Everything that says who somebody is, or lets them in. The ledger stays: it names nobody. */
const OF_A_PERSON = [
  'avatars',
  'identities',
  'known_devices',
  'password_resets',
  'recovery_codes',
  'sign_in_challenges',
  'two_factors',
] as const;

@Injectable()
export class ClosingRepository {
  async forget(tx: EntityManager, userId: string): Promise<void> {
    for (const table of OF_A_PERSON) await tx.execute(`delete from ${table} where user_id = ?`, [userId]);
    await tx.execute(`update sessions set address = '', user_agent = '' where user_id = ?`, [userId]);
    // What the username looked like stays, so that nobody else is taken for who had it; what others called them does not.
    await tx.execute(`update users set display_skeleton = null where id = ?`, [userId]);
  }

  async open(em: EntityManager, userIds: readonly string[]): Promise<string[]> {
    const rows = await em.execute<{ id: string }[]>('select id from users where disabled_at is null and id = any(?::uuid[])', [
      uuidArray(userIds),
    ]);
    return rows.map(({ id }) => id);
  }
}
