import { AppError, Username, type DirectoryUser, type ParsedInputOf, type User, type accounts, type profileFacts } from '@atrium/contracts';
import { FactLog, transact, uuidv7 } from '@atrium/database';
import { CONFIG, pageOf, readCursor } from '@atrium/service-kit';
import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { z } from 'zod';
import type { AccountsConfig } from '../config.ts';
import { CreditsService } from '../credits/credits.service.ts';
import { AdminClaims } from './admin-claims.ts';
import { NameLikeness } from './name-likeness.ts';
import { UserEntity } from './user.entity.ts';
import { changesOf, standing, type ProfilePatch } from './status-changes.ts';
import { toDirectoryUser, toUser } from './user.mapper.ts';
import { isReservedUsername } from './usernames.ts';
import { UsersRepository, type Login } from './users.repository.ts';

/** How well a name fits what was asked for, and the name. */
const Place = z.tuple([z.int().min(0).max(2), Username]).transform(([rank, username]) => ({ rank, username }));

type Identity = { username: string; email?: string | null };
type NewUser = Identity & { displayName?: string; passwordHash: string | null; adminCode?: string; isBot?: boolean };

/** Who people are. */
@Injectable()
export class UsersService implements OnApplicationBootstrap {
  constructor(
    private readonly em: EntityManager,
    private readonly users: UsersRepository,
    private readonly credits: CreditsService,
    private readonly facts: FactLog<typeof profileFacts>,
    private readonly adminClaims: AdminClaims,
    private readonly likeness: NameLikeness,
    @Inject(CONFIG) private readonly config: AccountsConfig,
  ) {}

  /** Makes the configured admins admins; nobody loses the role by leaving the list. */
  async onApplicationBootstrap(): Promise<void> {
    const admins = this.config.ACCOUNTS_ADMINS;
    if (admins.length === 0) return;
    await transact(this.em.fork(), (tx) => tx.nativeUpdate(UserEntity, { username: { $in: admins } }, { role: 'admin' }));
  }

  /** Refuses a taken name before anyone spends time on hashing; the unique indexes have the last word. */
  async requireFree({ username, email, displayName, adminCode }: Identity & { displayName?: string; adminCode?: string }): Promise<void> {
    if (isReservedUsername(username)) throw new AppError('username_taken', 'This username is reserved.');
    if (await this.users.findByLogin(this.em, username)) throw new AppError('username_taken');
    if (email && (await this.users.findByLogin(this.em, email))) throw new AppError('email_taken');
    await this.likeness.requireOwnUsername(this.em, username);
    if (displayName) await this.likeness.requireOwnDisplayName(this.em, displayName, null);
    await this.adminClaims.requireCode(username, adminCode);
  }

  /** Stores a new user with the credits a newcomer gets. */
  async create(tx: EntityManager, draft: NewUser): Promise<UserEntity> {
    const { username } = draft;
    const user = tx.create(UserEntity, {
      id: uuidv7(),
      username,
      email: draft.email ?? null,
      displayName: draft.displayName ?? username,
      passwordHash: draft.passwordHash,
      avatarUrl: null,
      statusText: '',
      presence: 'auto',
      role: this.adminClaims.keeps(username) ? 'admin' : 'user',
      isBot: draft.isBot ?? false,
      createdAt: new Date(),
    });
    await flushUnique(tx);
    await this.requireUnkept(tx, user);
    await this.likeness.note(tx, user);
    await this.adminClaims.claim(tx, username, draft.adminCode);
    // Who could make bots with credits would make credits.
    await this.credits.open(tx, user.id, user.isBot ? 0 : this.config.ACCOUNTS_INITIAL_CREDITS);
    return user;
  }

  /** @throws AppError `validation_failed` for a name that imitates */
  requireOwnDisplayName(displayName: string): Promise<void> {
    return this.likeness.requireOwnDisplayName(this.em, displayName, null);
  }

  findByLogin(login: string): Promise<Login | null> {
    return this.users.findByLogin(this.em, login);
  }

  /** A provider has checked that the person has this address. */
  trustAddress(userId: string, email: string): Promise<void> {
    return this.users.trustAddress(this.em, userId, email);
  }

  async getMe(userId: string): Promise<User> {
    const user = await this.em.findOne(UserEntity, { id: userId });
    if (!user) throw new AppError('unauthenticated');
    return toUser(user, await this.credits.spendable(this.em, userId));
  }

  /** Changes what others see of a person, and tells it. */
  async change(tx: EntityManager, userId: string, patch: ProfilePatch): Promise<User> {
    const user = await tx.findOne(UserEntity, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!user) throw new AppError('unauthenticated');
    const before = JSON.stringify(toDirectoryUser(user));
    const renamed = patch.displayName !== undefined && patch.displayName !== user.displayName;
    if (renamed) await this.likeness.requireOwnDisplayName(tx, patch.displayName!, userId);
    tx.assign(user, { ...standing(user), ...changesOf(patch) });
    await flushUnique(tx);
    if (patch.email !== undefined) await this.requireUnkept(tx, user);
    if (renamed) await this.likeness.note(tx, user);
    const { id, ...shown } = toDirectoryUser(user);
    if (JSON.stringify({ id, ...shown }) !== before) {
      user.factsTold += 1;
      await tx.flush();
      await this.facts.tell(tx, 'userUpdated', { userId: id, version: user.factsTold, ...shown });
    }
    return toUser(user, await this.credits.spendable(tx, userId));
  }

  async find({ query, cursor, limit }: ParsedInputOf<typeof accounts.findUsers>) {
    const after = readCursor(cursor, Place) ?? null;
    const rows = await this.users.search(this.em, query, after, limit + 1);
    const page = pageOf(rows, limit, (found) => [found.rank, found.username]);
    return { items: page.rows.map(toDirectoryUser), nextCursor: page.nextCursor };
  }

  async getMany(userIds: readonly string[]): Promise<DirectoryUser[]> {
    const rows = await this.em.find(UserEntity, { id: { $in: [...new Set(userIds)] } });
    return rows.map(toDirectoryUser);
  }

  /**
   * An address that somebody is sent links to was shown as theirs before they changed it. So it is looked up after the
   * flush: who waited at the unique index for them sees that they kept it.
   */
  private async requireUnkept(tx: EntityManager, { id, email }: UserEntity): Promise<void> {
    if (email && (await this.users.recoversAnother(tx, email, id))) throw new AppError('email_taken');
  }
}

/** Flushes, naming the taken field when a unique index objects. */
async function flushUnique(tx: EntityManager): Promise<void> {
  try {
    await tx.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new AppError(error.message.includes('users_email_unique') ? 'email_taken' : 'username_taken');
  }
}
