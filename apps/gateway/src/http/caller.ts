import { AppError, type Scope } from '@atrium/contracts';
import type { CallOptions } from '@atrium/bus';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { acceptedLanguages } from './accepted-languages.ts';

/** Who a request was made by, as the access token and the session say. */
export type Identity = {
  userId: string;
  /** Of a personal access token, its id. */
  sessionId: string;
  role: 'user' | 'admin';
  /** What a personal access token was made for; absent for who signed in. */
  scopes?: readonly Scope[];
  /** A program with an account of its own. */
  bot?: boolean;
};

declare module 'fastify' {
  interface FastifyRequest {
    identity?: Identity;
  }
}

/** A failing operation answers in five seconds, however many services it needs. */
const ANSWER_WITHIN_MS = 5000;

export function callOf(request: FastifyRequest): CallOptions {
  const { identity } = request;
  const languages = acceptedLanguages(request.headers['accept-language']);
  return {
    requestId: request.id,
    ...(languages !== undefined && { languages }),
    deadlineAt: Date.now() + ANSWER_WITHIN_MS,
    ...(identity && { actorId: identity.userId, actorRole: identity.role, sessionId: identity.sessionId }),
  };
}

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>();

/** The call a handler makes on behalf of the request: actor, request id, deadline. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext) => callOf(requestOf(context)));

/** What a client may say about a request so that a repeat of it changes nothing. */
export const IdempotencyKey = createParamDecorator((_data: unknown, context: ExecutionContext): string | undefined => {
  const key = requestOf(context).headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length >= 1 && key.length <= 64) return key;
  const errors = [{ path: 'Idempotency-Key', message: 'must have 1 to 64 characters' }];
  throw new AppError('validation_failed', 'Idempotency-Key: must have 1 to 64 characters', { errors });
});
