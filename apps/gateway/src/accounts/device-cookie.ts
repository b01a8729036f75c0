import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'atrium_device';
const LIFETIME_SECONDS = 180 * 24 * 60 * 60;

export const readDeviceCookie = (request: FastifyRequest): string | undefined => request.cookies[NAME]?.slice(0, 100) || undefined;

/** Outlives the session: it tells at the next sign-in that this device signed in before, and opens nothing. */
export function setDeviceCookie(request: FastifyRequest, reply: FastifyReply, deviceToken: string): void {
  void reply.setCookie(NAME, deviceToken, {
    path: '/api/auth',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: LIFETIME_SECONDS,
  });
}
