import { AppError, isInScope, scopeRefusal, type RequiredScope, type Scope } from '@atrium/contracts';

/** What a command does beyond speaking, so that a token cannot do by a command what its scopes keep it from otherwise. */
const BEYOND_SPEAKING: Readonly<Record<string, RequiredScope>> = {
  ask: 'files:write',
  files: 'files:read',
  summary: 'messages:read',
  topic: 'rooms:write',
  who: 'rooms:read',
  status: ['rooms:read', 'files:read'],
  dm: ['rooms:write', 'messages:write'],
  invite: 'rooms:write',
  mute: 'rooms:write',
};

/** @throws AppError `insufficient_scope` */
export function requireCommandScope(scopes: readonly Scope[] | undefined, text: string): void {
  const name = /^\s*\/([a-z0-9_-]+)/i.exec(text)?.[1]?.toLowerCase() ?? '';
  const required = Object.hasOwn(BEYOND_SPEAKING, name) ? BEYOND_SPEAKING[name] : undefined;
  if (required && !isInScope(scopes, required))
    throw new AppError('insufficient_scope', scopeRefusal(required), { required: [required].flat() });
}
