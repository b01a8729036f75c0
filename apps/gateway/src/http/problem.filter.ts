import { Catch, Logger, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { AppError } from '@atrium/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { retryAfterOf, toAppError, toProblem } from './problem.ts';
import type { UnmatchedRoutes } from './unmatched.ts';

/** Every failure of the HTTP interface leaves through here, as a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(private readonly unmatched: UnmatchedRoutes) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = this.errorOf(thrown, request, reply);
    if (error.code === 'internal') this.logger.error({ requestId: request.id, err: error.cause ?? error });
    if (reply.raw.headersSent) {
      // Half a body is out: the only honest end is a cut connection.
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
      .header('cache-control', 'no-store')
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(toProblem(error, request.id)));
  }

  private errorOf(thrown: unknown, request: FastifyRequest, reply: FastifyReply): AppError {
    // Ours are `AppError`s; this one is what the router throws when nothing matches.
    if (!(thrown instanceof NotFoundException)) return toAppError(thrown);
    return this.unmatched.refusal(request, reply);
  }
}
