import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { extname } from 'node:path';
import type { UnmatchedRoutes } from '../http/unmatched.ts';
import { PageFiles, type Encoding, type PageFile } from './page.files.ts';

/** Paths that are never the page's. */
const NOT_THE_PAGE = /^\/(api|ws|health|metrics)(\/|$)/;

/**
 * Serves the page: its files, and its index for every path that could be one of its places. What is neither goes to
 * the refusal of unknown routes.
 */
export function servePage(fastify: FastifyInstance, directory: string, unmatched: UnmatchedRoutes): void {
  const files = new PageFiles(directory);
  fastify.route({
    method: ['GET', 'HEAD'],
    url: '/*',
    handler: async (request, reply) => {
      const [path = '/'] = request.url.split('?');
      if (NOT_THE_PAGE.test(path)) throw unmatched.refusal(request, reply);
      const file = await files.find(path);
      if (file) return send(request, reply, file);
      const index = extname(path) === '' ? await files.find('/index.html') : undefined;
      if (!index) throw unmatched.refusal(request, reply);
      return send(request, reply, index);
    },
  });
}

function send(request: FastifyRequest, reply: FastifyReply, file: PageFile): FastifyReply {
  void reply.headers({
    etag: file.etag,
    vary: 'accept-encoding',
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
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
