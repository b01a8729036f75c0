import type { FastifyReply, FastifyRequest } from 'fastify';

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

/** The token in the cookie, if any; a request that another site made the browser send does not come this far. */
export function readRefreshCookie(request: FastifyRequest): string | undefined {
  return request.cookies[NAME] || undefined;
}
