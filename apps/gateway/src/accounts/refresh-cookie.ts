import { AppError } from '@atrium/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isOwnOrigin } from '../auth/origin.ts';

const NAME = 'atrium_refresh';
const LIFETIME_SECONDS = 30 * 24 * 60 * 60;

const options = (request: FastifyRequest) =>
  ({ path: '/api/auth', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' }) as const;

export function setRefreshCookie(request: FastifyRequest, reply: FastifyReply, refreshToken: string): void {
  void reply.setCookie(NAME, refreshToken, { ...options(request), maxAge: LIFETIME_SECONDS });
}

export function clearRefreshCookie(request: FastifyRequest, reply: FastifyReply): void {
  if (request.cookies[NAME] !== undefined) void reply.clearCookie(NAME, options(request));
}

/** The token in the cookie, if any. @throws AppError `forbidden` when another site made the browser send it */
export function readRefreshCookie(request: FastifyRequest): string | undefined {
  const token = request.cookies[NAME];
  if (!token) return undefined;
  if (!isOwnOrigin(request.raw, request.host)) throw new AppError('forbidden', 'This request comes from another site');
  return token;
}
