import { AppError, isInScope, scopeRefusal, type RequiredScope } from '@atrium/contracts';
import type { Identity } from '../http/caller.ts';

/** @throws AppError `insufficient_scope` to who comes with a token that was made for other things */
export function requireScope(identity: Identity | undefined, required: RequiredScope): void {
  if (!isInScope(identity?.scopes, required))
    throw new AppError('insufficient_scope', scopeRefusal(required), { required: [required].flat() });
}
