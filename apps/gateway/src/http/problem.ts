import { AppError, ERRORS, ErrorDetails, type ErrorCode, type Problem } from '@atrium/contracts';
import { Catch, HttpException, Logger, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { UnmatchedRoutes } from './unmatched.ts';

/** What Fastify throws before a handler runs, by its code. */
const FASTIFY_CODES: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_request',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
};
const STATUS_CODES: Record<number, ErrorCode> = {
  400: 'malformed_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'service_unavailable',
};
const RETRY_AFTER_SECONDS = 1;
const TOLD = Object.keys(ErrorDetails.shape) as (keyof ErrorDetails)[];

/** Whatever was thrown, as one of our errors. What nobody foresaw becomes `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  return code ? new AppError(code, undefined, {}, { cause: error }) : AppError.from(error);
}

function codeOf(error: unknown): ErrorCode | undefined {
  if (error instanceof HttpException) return STATUS_CODES[error.getStatus()];
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode } = error as Error & { code?: unknown; statusCode?: unknown };
  if (typeof code === 'string' && FASTIFY_CODES[code]) return FASTIFY_CODES[code];
  return typeof statusCode === 'number' ? STATUS_CODES[statusCode] : undefined;
}

/** How long to wait before a repeat can help, for the kinds where it can. */
export function retryAfterOf(error: AppError): number | undefined {
  const told = error.data.retryAfterSeconds;
  if (typeof told === 'number') return Math.max(1, Math.ceil(told));
  return error.status === 429 || error.status === 503 ? RETRY_AFTER_SECONDS : undefined;
}

/** What clients are told of a failure besides its code. What is no part of `ErrorDetails` stays between the services. */
export function detailsOf(error: AppError): ErrorDetails {
  const known = error.code === 'internal' ? [] : TOLD.filter((name) => error.data[name] !== undefined);
  const retryAfterSeconds = retryAfterOf(error);
  return {
    ...(Object.fromEntries(known.map((name) => [name, error.data[name]])) as ErrorDetails),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

/** The document a client gets. */
export function toProblem(error: AppError, requestId: string): Problem {
  return {
    type: `urn:atrium:error:${error.code}`,
    title: ERRORS[error.code].title,
    status: error.status,
    code: error.code,
    detail: error.code === 'internal' ? ERRORS.internal.title : error.detail,
    requestId,
    ...detailsOf(error),
  };
}

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
