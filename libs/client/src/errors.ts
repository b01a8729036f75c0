import { ERRORS, type ErrorCode, type FieldError } from '@atrium/contracts';

/** What can go wrong before a server answers: no connection, no answer in time, given up by the caller, a file that is gone. */
export type LocalErrorCode = 'network' | 'timeout' | 'aborted' | 'unreadable';
export type AtriumErrorCode = ErrorCode | LocalErrorCode;

export type AtriumErrorFields = {
  code: AtriumErrorCode;
  /** 0 when no server answered. */
  status: number;
  /** A sentence for a person. */
  detail: string;
  requestId?: string | undefined;
  errors?: FieldError[] | undefined;
  retryAfterSeconds?: number | undefined;
  data?: Readonly<Record<string, unknown>> | undefined;
};

const LOCAL_DETAILS: Record<LocalErrorCode, string> = {
  network: 'The server cannot be reached.',
  timeout: 'The server took too long to answer.',
  aborted: 'The request was given up.',
  unreadable: 'The file cannot be read any more. Was it moved or changed?',
};
const RETRYABLE = new Set<AtriumErrorCode>([
  'network',
  'timeout',
  'request_timeout',
  'service_unavailable',
  'deadline_exceeded',
  'rate_limited',
  'internal',
]);

/** The one error this library throws. Switch on `code`; show `detail`. */
export class AtriumError extends Error {
  readonly code: AtriumErrorCode;
  readonly status: number;
  readonly detail: string;
  readonly requestId: string | undefined;
  readonly errors: FieldError[];
  readonly retryAfterSeconds: number | undefined;
  /** The whole problem document, for what single codes bring along. */
  readonly data: Readonly<Record<string, unknown>>;

  constructor(fields: AtriumErrorFields, options?: ErrorOptions) {
    super(`${fields.code}: ${fields.detail}`, options);
    this.name = 'AtriumError';
    this.code = fields.code;
    this.status = fields.status;
    this.detail = fields.detail;
    this.requestId = fields.requestId;
    this.errors = fields.errors ?? [];
    this.retryAfterSeconds = fields.retryAfterSeconds;
    this.data = fields.data ?? {};
  }

  /** The same request may succeed a moment later. */
  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }

  static local(code: LocalErrorCode, cause?: unknown): AtriumError {
    return new AtriumError({ code, status: 0, detail: LOCAL_DETAILS[code] }, { cause });
  }

  /** Whatever was thrown, as an `AtriumError`. */
  static from(error: unknown): AtriumError {
    if (error instanceof AtriumError) return error;
    return new AtriumError({ code: 'internal', status: 500, detail: ERRORS.internal.title }, { cause: error });
  }

  /** Reads a problem document; a body of any other form still gives an error with the right status. */
  static fromProblem(status: number, body: unknown, headers: { get(name: string): string | null }): AtriumError {
    const problem = isRecord(body) ? body : {};
    const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
    const code = isErrorCode(problem.code) ? problem.code : codeOfStatus(status);
    return new AtriumError({
      code,
      status,
      detail: typeof problem.detail === 'string' ? problem.detail : ERRORS[code].title,
      requestId: headers.get('x-request-id') ?? undefined,
      errors: Array.isArray(problem.errors) ? (problem.errors as FieldError[]) : undefined,
      retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
      data: problem,
    });
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isErrorCode = (value: unknown): value is ErrorCode => typeof value === 'string' && Object.hasOwn(ERRORS, value);

/** For answers that did not come from a gateway: a proxy's 502 page, say. */
function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 413) return 'payload_too_large';
  if (status === 429) return 'rate_limited';
  if (status === 502 || status === 503 || status === 504) return 'service_unavailable';
  return status >= 500 ? 'internal' : 'malformed_request';
}
