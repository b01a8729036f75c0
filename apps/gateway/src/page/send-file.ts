import type { FastifyReply, FastifyRequest } from 'fastify';
import { pagePolicy } from '../http/security-headers.ts';
import type { Encoding, PageFile } from './page.files.ts';

/** A file in the best encoding the client takes, or 304 when it has it. */
export function sendFile(request: FastifyRequest, reply: FastifyReply, file: PageFile): FastifyReply {
  void reply.headers({
    etag: file.etag,
    vary: 'accept-encoding',
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (file.scripts.length > 0) void reply.header('content-security-policy', pagePolicy(file.scripts));
  if (request.headers['if-none-match']?.includes(file.etag)) return reply.code(304).send();
  const encoding = chooseEncoding(request.headers['accept-encoding'] ?? '', file);
  if (encoding !== 'identity') void reply.header('content-encoding', encoding);
  return reply.header('content-type', file.type).send(file.bodies.get(encoding));
}

function chooseEncoding(accepted: string, file: PageFile): Encoding {
  const offers = accepted.split(',').map((offer) => offer.trim().split(';q=') as [string, string?]);
  const wants = (encoding: Encoding) => file.bodies.has(encoding) && offers.some(([name, q]) => name === encoding && Number(q ?? 1) > 0);
  return wants('br') ? 'br' : wants('gzip') ? 'gzip' : 'identity';
}
