import { RpcClient } from '@atrium/bus';
import { AppError, accounts, type Call, type PayloadOf, type accountEvents } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { ProfileEntity } from './profile.entity.ts';

/** What members are called. Accounts is asked once per person; afterwards its events keep the copy current. */
@Injectable()
export class ProfilesService {
  constructor(
    private readonly em: EntityManager,
    private readonly rpc: RpcClient,
  ) {}

  /** Throws `user_not_found` when accounts does not know the user either. */
  async ensure(userId: string, call: Call): Promise<ProfileEntity> {
    const known = await this.em.findOne(ProfileEntity, { userId });
    if (known) return known;
    const { items } = await this.rpc.call(accounts.getUsers, { userIds: [userId] }, call);
    const user = items.find((item) => item.id === userId);
    if (!user) throw new AppError('user_not_found');
    // An event that arrived meanwhile is newer than this answer: it stays.
    await this.em.execute(
      `insert into profiles (user_id, username, display_name, avatar_url, presence) values (?, ?, ?, ?, ?)
       on conflict (user_id) do nothing`,
      [user.id, user.username, user.displayName, user.avatarUrl, user.presence],
    );
    return this.em.findOneOrFail(ProfileEntity, { userId });
  }

  /** @returns whether the event was news; events of one user may arrive in any order */
  async refresh(user: PayloadOf<typeof accountEvents.userUpdated>, eventId: string): Promise<boolean> {
    const applied = await this.em.execute<unknown[]>(
      `insert into profiles as p (user_id, username, display_name, avatar_url, presence, event_id) values (?, ?, ?, ?, ?, ?)
       on conflict (user_id) do update set username = excluded.username, display_name = excluded.display_name,
         avatar_url = excluded.avatar_url, presence = excluded.presence, event_id = excluded.event_id
       where p.event_id is null or p.event_id < excluded.event_id
       returning user_id`,
      [user.userId, user.username, user.displayName, user.avatarUrl, user.presence, eventId],
    );
    return applied.length > 0;
  }
}
