import type { AppError } from '@atrium/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { retryAfterOf, toProblem } from './problem.ts';

/** Answers with a problem document, or cuts the line when half a body is out already: the only honest end then. */
export function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): void {
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  const retryAfter = retryAfterOf(error);
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  if (error.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply
    .code(error.status)
    .removeHeader('content-length')
    .removeHeader('content-disposition')
    .headers({ 'x-request-id': request.id, 'cache-control': 'no-store', 'content-type': 'application/problem+json; charset=utf-8' })
    .send(JSON.stringify(toProblem(error, request.id)));
}
