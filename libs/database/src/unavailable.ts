import { AppError } from '@atrium/contracts';

/** Statement or lock timed out, shutting down, starting up, standing by, full, too many connections, deadlock retried in vain. */
const AWAY_STATES = new Set([
  '55P03',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53200',
  '40001',
  '40P01',
  '08000',
  '08003',
  '08006',
  '25006',
  '25P03',
  '53100',
]);
const AWAY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
/** What `pg` says without a code when a connection breaks or a pool or query times out. */
const AWAY_TEXTS = [/Connection terminated/, /timeout exceeded when trying to connect/, /Query read timeout/, /timeout expired/];

/**
 * A database that is away or overloaded is not a fault of the call: it becomes `service_unavailable`, which a caller
 * may repeat. Every other error stays what it is.
 */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof AppError) return error;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as { code?: string }).code ?? '';
    const { message } = cause;
    if (AWAY_STATES.has(code) || AWAY_CODES.has(code) || AWAY_TEXTS.some((text) => text.test(message))) {
      return new AppError('service_unavailable', undefined, { retryAfterSeconds: 1 }, { cause: error });
    }
  }
  return error;
}
