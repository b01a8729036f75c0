import { z } from 'zod';

/** What a personal access token may be made for. */
export const SCOPES = ['rooms:read', 'rooms:write', 'messages:read', 'messages:write', 'files:read', 'files:write', 'admin'] as const;
export const Scope = z.enum(SCOPES);
export type Scope = z.output<typeof Scope>;

/**
 * What a route or a frame asks of a personal access token: a scope, or all of several; `any` takes every token,
 * `session` none, because it is about the account itself. Who signed in has no scopes and may call everything.
 */
export type RequiredScope = Scope | readonly Scope[] | 'any' | 'session';

/** Whether a token of these scopes may; `undefined` stands for a session. */
export function isInScope(scopes: readonly Scope[] | undefined, required: RequiredScope): boolean {
  if (scopes === undefined || required === 'any') return true;
  if (required === 'session') return false;
  return (typeof required === 'string' ? [required] : required).every((scope) => scopes.includes(scope));
}

/** What was asked for, in words for a person. */
export function scopeRefusal(required: RequiredScope): string {
  if (required === 'session') return 'An access token cannot do this: sign in.';
  return `The token was not made for this; it takes ${[required].flat().join(' and ')}.`;
}
