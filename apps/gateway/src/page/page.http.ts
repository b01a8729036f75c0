import type { FastifyInstance } from 'fastify';
import { extname } from 'node:path';
import type { UnmatchedRoutes } from '../http/unmatched.ts';
import { PageFiles } from './page.files.ts';
import { sendFile } from './send-file.ts';

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
      if (file) return sendFile(request, reply, file);
      const index = extname(path) === '' ? await files.find('/index.html') : undefined;
      if (!index) throw unmatched.refusal(request, reply);
      return sendFile(request, reply, index);
    },
  });
}
