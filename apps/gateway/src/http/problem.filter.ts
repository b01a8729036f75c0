import { Catch, Logger, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { AppError } from '@atrium/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toAppError } from './problem.ts';
import { sendProblem } from './send-problem.ts';
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
    sendProblem(error, request, reply);
  }

  private errorOf(thrown: unknown, request: FastifyRequest, reply: FastifyReply): AppError {
    // Ours are `AppError`s; this one is what the router throws when nothing matches.
    if (!(thrown instanceof NotFoundException)) return toAppError(thrown);
    return this.unmatched.refusal(request, reply);
  }
}
