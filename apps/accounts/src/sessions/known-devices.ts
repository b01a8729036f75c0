import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';

const REMEMBER_DAYS = 180;

/** Devices that signed in before. What is kept of their tokens opens nothing. */
@Injectable()
export class KnownDevices {
  /** The name under which the guard counts this device for this person; null when it never signed in as them. */
  async find(em: EntityManager, userId: string | undefined, token: string | undefined): Promise<string | null> {
    if (!userId || !token) return null;
    const hash = hashOf(token);
    const rows = await em.execute('select 1 from known_devices where token_hash = ? and user_id = ? and expires_at > clock_timestamp()', [
      hash,
      userId,
    ]);
    return rows.length > 0 ? hash : null;
  }

  /**
   * Remembers the device of a sign-in under a fresh token, with everybody it was known for. Always a fresh one: a token
   * that somebody planted on the device would be known to them.
   */
  async remember(tx: EntityManager, userId: string, former: string | undefined): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const hash = hashOf(token);
    await tx.execute(
      `insert into known_devices (token_hash, user_id, expires_at)
       values (?, ?, clock_timestamp() + make_interval(days => ?))`,
      [hash, userId, REMEMBER_DAYS],
    );
    if (former === undefined) return token;
    await tx.execute(
      `with gone as (delete from known_devices where token_hash = ? returning user_id, expires_at)
       insert into known_devices (token_hash, user_id, expires_at)
       select ?, user_id, expires_at from gone where user_id <> ?`,
      [hashOf(former), hash, userId],
    );
    return token;
  }

  async forget(tx: EntityManager, userId: string): Promise<void> {
    await tx.execute('delete from known_devices where user_id = ?', [userId]);
  }

  async purge(em: EntityManager): Promise<void> {
    await em.execute('delete from known_devices where expires_at < clock_timestamp()');
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
