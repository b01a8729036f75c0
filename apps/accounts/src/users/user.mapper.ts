import type { DirectoryUser, User } from '@atrium/contracts';
import type { UserEntity } from './user.entity.ts';

export const toUser = (row: UserEntity, credits: number): User => ({
  id: row.id,
  username: row.username,
  displayName: row.displayName,
  email: row.email ?? undefined,
  avatarUrl: row.avatarUrl ?? undefined,
  statusText: row.statusText,
  presence: row.presence,
  role: row.role,
  credits,
  createdAt: row.createdAt.toISOString(),
  ...(row.isBot && { bot: true }),
});

/** What anyone may know: no e-mail, no role, no credits. */
export const toDirectoryUser = (row: Pick<UserEntity, Exclude<keyof DirectoryUser, 'bot'> | 'isBot'>): DirectoryUser => ({
  id: row.id,
  username: row.username,
  displayName: row.displayName,
  avatarUrl: row.avatarUrl ?? null,
  presence: row.presence,
  ...(row.isBot && { bot: true }),
});
