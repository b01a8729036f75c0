import { statusAt, type DirectoryUser, type PersonStatus, type User } from '@atrium/contracts';
import type { UserEntity } from './user.entity.ts';

export const toUser = (row: UserEntity, credits: number): User => ({
  id: row.id,
  username: row.username,
  displayName: row.displayName,
  email: row.email ?? undefined,
  ...(!row.emailRecovers && { recoveryEmail: row.recoveryEmail ?? null }),
  avatarUrl: row.avatarUrl ?? undefined,
  statusText: '',
  ...toStatus(row),
  presence: row.presence,
  role: row.role,
  credits,
  createdAt: row.createdAt.toISOString(),
  ...(row.isBot && { bot: true }),
});

export type Shown = Pick<
  UserEntity,
  'id' | 'username' | 'displayName' | 'avatarUrl' | 'presence' | 'isBot' | 'statusText' | 'statusEmoji' | 'statusUntil' | 'timeZone'
>;

/** What anyone may know: no e-mail, no role, no credits. */
export const toDirectoryUser = (row: Shown): DirectoryUser => ({
  id: row.id,
  username: row.username,
  displayName: row.displayName,
  avatarUrl: row.avatarUrl ?? null,
  presence: row.presence,
  ...(row.isBot && { bot: true }),
  ...toStatus(row),
});

/** Only what there is. */
function toStatus(row: Shown): PersonStatus {
  const status = {
    ...(row.statusText && { statusText: row.statusText }),
    ...(row.statusEmoji && { statusEmoji: row.statusEmoji }),
    ...(row.statusUntil && { statusUntil: row.statusUntil.toISOString() }),
    ...(row.timeZone && { timeZone: row.timeZone }),
  };
  return statusAt(status, Date.now());
}
