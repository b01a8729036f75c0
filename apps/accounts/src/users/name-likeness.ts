import { AppError, validationError } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { looksOfficial, plainOf, skeletonOf } from './skeleton.ts';

const FILLED_AT_ONCE = 500;

type Named = { id: string; username: string; displayName: string };

/**
 * Refuses names that pass for the product or for somebody else. Two people may both be called Ann; what is refused is a
 * name that looks like another without being written so.
 */
@Injectable()
export class NameLikeness implements OnApplicationBootstrap {
  constructor(private readonly em: EntityManager) {}

  /** Accounts that were made before skeletons were kept. */
  async onApplicationBootstrap(): Promise<void> {
    const em = this.em.fork();
    for (;;) {
      const rows = await em.execute<Named[]>(
        `select id, username, display_name "displayName" from users where username_skeleton is null limit ?`,
        [FILLED_AT_ONCE],
      );
      for (const row of rows) await this.note(em, row);
      if (rows.length < FILLED_AT_ONCE) return;
    }
  }

  /** @throws AppError `username_taken` */
  async requireOwnUsername(em: EntityManager, username: string): Promise<void> {
    const rows = await em.execute('select 1 from users where username_skeleton = ? and username <> ? limit 1', [
      skeletonOf(username),
      username,
    ]);
    if (rows.length > 0) throw new AppError('username_taken', 'This username looks like somebody else’s.');
  }

  /** @throws AppError `validation_failed` @param userId whose name it is to be, once there is an account */
  async requireOwnDisplayName(em: EntityManager, displayName: string, userId: string | null): Promise<void> {
    if (looksOfficial(displayName)) throw refusal('would pass for a name of Atrium itself');
    const skeleton = skeletonOf(displayName);
    if (skeleton === '') throw refusal('needs a visible character');
    const rows = await em.execute<Pick<Named, 'username' | 'displayName'>[]>(
      `select username, display_name "displayName" from users
        where (display_skeleton = ? or username_skeleton = ?) and id is distinct from ?::uuid limit 100`,
      [skeleton, skeleton, userId],
    );
    const plain = plainOf(displayName);
    const imitated = rows.some((row) => plainOf(row.displayName) !== plain && plainOf(row.username) !== plain);
    if (imitated) throw refusal('looks like somebody else’s name, written with other characters');
  }

  async note(em: EntityManager, { id, username, displayName }: Named): Promise<void> {
    await em.execute('update users set username_skeleton = ?, display_skeleton = ? where id = ?', [
      skeletonOf(username),
      skeletonOf(displayName),
      id,
    ]);
  }
}

const refusal = (message: string) => validationError([{ path: ['displayName'], message }]);
