import { Grant } from '@atrium/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { setDeviceCookie } from './device-cookie.ts';
import { setRefreshCookie } from './refresh-cookie.ts';

/** `body` is for clients that cannot keep cookies: they get and give the refresh token themselves. */
export const transport = { tokenTransport: z.enum(['cookie', 'body']).default('cookie') };
export const GrantReply = Grant.partial({ refreshToken: true }).meta({ id: 'Grant' });
export type GrantReply = z.output<typeof GrantReply>;

export const originOf = (request: FastifyRequest) => ({
  address: request.address,
  userAgent: (request.headers['user-agent'] ?? '').slice(0, 400),
});

/** What a sign-in gives, with its tokens where the client keeps them. */
export function deliver(grant: Grant, to: 'cookie' | 'body', request: FastifyRequest, reply: FastifyReply): GrantReply {
  if (to === 'body') return grant;
  const { refreshToken, deviceToken, ...rest } = grant;
  setRefreshCookie(request, reply, refreshToken);
  if (deviceToken) setDeviceCookie(request, reply, deviceToken);
  return rest;
}
