import { AppError } from '@atrium/contracts';
import { uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** Whose accounts are shut: they stay in their rooms and lead none. */
@Injectable()
export class DisabledPeople {
  /** News may come twice and in any order: the last that happened counts. */
  async save(tx: EntityManager, { userId, disabled, at }: { userId: string; disabled: boolean; at: string }): Promise<void> {
    // Waits for who is coming into a room right now, so that afterwards all the rooms they are in can be found.
    await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 1))', [userId]);
    await tx.execute(
      `insert into disabled_people as d (user_id, disabled, at) values (?, ?, ?)
       on conflict (user_id) do update set disabled = excluded.disabled, at = excluded.at where d.at <= excluded.at`,
      [userId, disabled, at],
    );
  }

  /** Holds until the end of the transaction, for who comes into a room in it. @throws AppError `account_disabled` */
  async requireOpen(tx: EntityManager, userId: string): Promise<void> {
    if (!(await this.isOpen(tx, userId))) throw new AppError('account_disabled');
  }

  /** The same for who is let in by others, to whom a shut account is not there. */
  async isOpen(tx: EntityManager, userId: string): Promise<boolean> {
    await tx.execute('select pg_advisory_xact_lock_shared(hashtextextended(?, 1))', [userId]);
    return !(await this.includes(tx, userId));
  }

  async includes(em: EntityManager, userId: string): Promise<boolean> {
    return (await this.among(em, [userId])).has(userId);
  }

  /** Those who can lead; all of them where nobody can, since somebody must. */
  async preferOthers<T extends { userId: string }>(em: EntityManager, people: readonly T[]): Promise<T[]> {
    const able = await this.without(em, people);
    return able.length > 0 ? able : [...people];
  }

  /** Those whose accounts are open. */
  async without<T extends { userId: string }>(em: EntityManager, people: readonly T[]): Promise<T[]> {
    const disabled = await this.among(
      em,
      people.map(({ userId }) => userId),
    );
    return people.filter(({ userId }) => !disabled.has(userId));
  }

  private async among(em: EntityManager, userIds: readonly string[]): Promise<Set<string>> {
    const rows = await em.execute<{ user_id: string }[]>(
      'select user_id from disabled_people where disabled and user_id = any(?::uuid[])',
      [uuidArray(userIds)],
    );
    return new Set(rows.map((row) => row.user_id));
  }
}
