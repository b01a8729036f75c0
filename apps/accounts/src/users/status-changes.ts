import { AppError, type ParsedInputOf, type accounts } from '@atrium/contracts';
import type { Addresses } from './addresses.ts';
import type { UserEntity } from './user.entity.ts';

export type ProfilePatch = Omit<ParsedInputOf<typeof accounts.updateMe>, 'currentPassword'> & Partial<Addresses>;

/** What is left of a status that is over, so that half a new one does not bring back the other half. */
export function standing({ statusUntil }: Pick<UserEntity, 'statusUntil'>) {
  const isOver = statusUntil !== null && statusUntil !== undefined && statusUntil.getTime() <= Date.now();
  return isOver ? { statusText: '', statusEmoji: null, statusUntil: null } : {};
}

/** A new status without an end has none, whatever the one before had. @throws AppError `validation_failed` for an end that has passed */
export function changesOf({ statusUntil, ...patch }: ProfilePatch) {
  const isNew = patch.statusText !== undefined || patch.statusEmoji !== undefined;
  if (statusUntil === undefined) return isNew ? { ...patch, statusUntil: null } : patch;
  if (statusUntil === null) return { ...patch, statusUntil };
  const until = new Date(statusUntil);
  if (until.getTime() > Date.now()) return { ...patch, statusUntil: until };
  const message = 'must be in the future';
  throw new AppError('validation_failed', `statusUntil: ${message}`, { errors: [{ path: 'statusUntil', message }] });
}
