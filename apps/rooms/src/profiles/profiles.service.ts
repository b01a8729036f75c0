import { RpcClient } from '@atrium/bus';
import { AppError, accounts, type Call, type PayloadOf, type accountEvents } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { ProfileEntity } from './profile.entity.ts';

/** What members are called. Accounts is asked once per person; afterwards what it tells keeps the copy current. */
@Injectable()
export class ProfilesService {
  constructor(
    private readonly em: EntityManager,
    private readonly rpc: RpcClient,
  ) {}

  /** Throws `user_not_found` when accounts does not know the user either. */
  async ensure(userId: string, call: Call): Promise<ProfileEntity> {
    const profile = (await this.ensureAll([userId], call)).get(userId);
    if (!profile) throw new AppError('user_not_found');
    return profile;
  }

  /** Those of these people whom accounts knows. */
  async ensureAll(userIds: readonly string[], call: Call): Promise<Map<string, ProfileEntity>> {
    const known = await this.find(userIds);
    const unknown = userIds.filter((userId) => !known.has(userId));
    if (unknown.length === 0) return known;
    const { items } = await this.rpc.call(accounts.getUsers, { userIds: unknown }, call);
    for (const user of items) {
      // What was told meanwhile is newer than this answer: it stays.
      await this.em.execute(
        `insert into profiles (user_id, username, display_name, avatar_url, presence, bot) values (?, ?, ?, ?, ?, ?)
         on conflict (user_id) do nothing`,
        [user.id, user.username, user.displayName, user.avatarUrl, user.presence, user.bot ?? false],
      );
    }
    return this.find(userIds);
  }

  /** Those of these people whose account is open. Accounts is asked each time: it knows before anybody is told. */
  async ensureOpen(userIds: readonly string[], call: Call): Promise<Map<string, ProfileEntity>> {
    const { userIds: open } = await this.rpc.call(accounts.openAccounts, { userIds: [...userIds] }, call);
    return this.ensureAll(open, call);
  }

  private async find(userIds: readonly string[]): Promise<Map<string, ProfileEntity>> {
    const profiles = await this.em.find(ProfileEntity, { userId: { $in: [...userIds] } });
    return new Map(profiles.map((profile) => [profile.userId, profile]));
  }

  /** What accounts told last takes the place of what was known. */
  async save(tx: EntityManager, user: PayloadOf<typeof accountEvents.userUpdated>): Promise<void> {
    await tx.execute(
      `insert into profiles (user_id, username, display_name, avatar_url, presence, bot) values (?, ?, ?, ?, ?, ?)
       on conflict (user_id) do update set username = excluded.username, display_name = excluded.display_name,
         avatar_url = excluded.avatar_url, presence = excluded.presence, bot = excluded.bot`,
      [user.userId, user.username, user.displayName, user.avatarUrl, user.presence, user.bot ?? false],
    );
  }
}

/** For what programs cannot do. @throws AppError `forbidden` */
export function requirePerson(profile: ProfileEntity, detail: string): ProfileEntity {
  if (profile.bot) throw new AppError('forbidden', detail);
  return profile;
}
