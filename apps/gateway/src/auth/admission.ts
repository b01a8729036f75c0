import { AppError } from '@atrium/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from './authenticator.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import { BYTES_TYPE, type EndpointMetadata } from '../http/endpoint.ts';
import { requireScope } from './scopes.ts';
import type { UnmatchedRoutes } from '../http/unmatched.ts';

type Gates = { authenticator: Authenticator; limits: RequestLimits; unmatched: UnmatchedRoutes };

/**
 * Lets a request in before a byte of its body is read: whether there is such a route, who it is from, how often that
 * person (or the address, for whom we do not know) asked lately, whether the endpoint is for them and for the token they bring, and whether the
 * body is of the size and type that it takes. A bad token is counted before it is refused, and one that
 * nobody knows before anybody is asked about it.
 */
export function admitRequests(fastify: FastifyInstance, { authenticator, limits, unmatched }: Gates): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.is404) throw unmatched.refusal(request, reply);
    const { endpoint } = request.routeOptions.config;
    if (!endpoint) return;
    const refusal = await identify(request, { authenticator, limits });
    await limits.count(request, reply);
    if (!endpoint.public && refusal) throw refusal;
    if (!endpoint.public) requireScope(request.identity, endpoint.scope);
    if (!endpoint.public && endpoint.scope === 'admin') requireAdmin(request);
    requireBody(request, endpoint);
    if (!endpoint.multipart && !endpoint.bytes) continueIfAsked(request, reply);
  });
}

/** Sets `request.identity`; what stands against it is returned, for public endpoints do not mind. */
async function identify(request: FastifyRequest, { authenticator, limits }: Omit<Gates, 'unmatched'>): Promise<AppError | undefined> {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token) return new AppError('unauthenticated');
  try {
    if (authenticator.mustAsk(token)) await limits.countLookUp(request);
    request.identity = await authenticator.identify(token);
    return undefined;
  } catch (error) {
    return AppError.from(error);
  }
}

/** To everybody else these routes are as if they were not there, before a word of theirs is read. */
function requireAdmin({ identity }: FastifyRequest): void {
  if (identity?.role !== 'admin') throw new AppError('not_found', 'There is nothing at this address');
}

function requireBody(request: FastifyRequest, endpoint: EndpointMetadata): void {
  const { 'content-type': type, 'content-length': length } = request.headers;
  if (endpoint.bytes) return requireBytes(type);
  const isImage = endpoint.image === true && /^image\//i.test(type?.trim() ?? '');
  if (type !== undefined && !isImage && /^multipart\//i.test(type.trim()) !== endpoint.multipart)
    throw new AppError('unsupported_media_type');
  if (!endpoint.multipart && Number(length ?? 0) > endpoint.maxBodyBytes) throw bodyTooLarge(endpoint.maxBodyBytes);
}

/** They are counted by whoever reads them, who knows how many are missing. */
function requireBytes(type: string | undefined): void {
  if (type?.trim().toLowerCase() !== BYTES_TYPE) throw new AppError('unsupported_media_type', `Content-Type: must be ${BYTES_TYPE}`);
}

const bodyTooLarge = (maxBytes: number) =>
  new AppError('payload_too_large', `The body may have at most ${maxBytes} bytes here`, { maxBytes });

/** Tells a client that asked before it sends its body that it may. */
export function continueIfAsked({ headers }: FastifyRequest, { raw }: FastifyReply): void {
  if (headers.expect?.toLowerCase() === '100-continue') raw.writeContinue();
}
