import { z } from 'zod';
import { FileStatus } from './files/files.schema.ts';
import type { Waiting } from './rooms/lobby.schema.ts';
import { Instant } from './values.ts';
import { ERRORS, ERROR_CODES, ERROR_KINDS, type ErrorCode, type ErrorKind } from './error-table.ts';

export * from './error-table.ts';

export const FieldError = z.object({ path: z.string(), message: z.string() }).meta({ id: 'FieldError' });
export type FieldError = z.output<typeof FieldError>;

/** What single codes tell besides, in the problem document and in the `error` frame alike. */
export const ErrorDetails = z.object({
  /** `validation_failed` and its like: which fields. */
  errors: z.array(FieldError).optional(),
  /** When a repeat can help. */
  retryAfterSeconds: z.number().optional(),
  /** `insufficient_scope`: what the access token would need. */
  required: z.array(z.string()).optional(),
  /** `two_factor_required`: goes with the code to `POST /api/auth/two-factor`. */
  challenge: z.string().optional(),
  expiresInSeconds: z.int().optional(),
  /** `banned`: what whoever removed the person gave as the reason, and until when. */
  reason: z.string().nullable().optional(),
  until: Instant.nullable().optional(),
  /** `muted`: until when. */
  mutedUntil: Instant.optional(),
  /** `unknown_command`: the names nearest to it. */
  nearest: z.array(z.string()).optional(),
  /** `file_not_ready`, `file_not_retryable`: the state that was met; `none` where a room has no file to ask. */
  fileStatus: z.enum([...FileStatus.options, 'none']).optional(),
  /** `insufficient_credits`. */
  creditsLeft: z.int().optional(),
  needed: z.int().optional(),
  /** `file_too_large`, `payload_too_large`. */
  maxBytes: z.int().optional(),
  /** `storage_full`: whose space it is, and how much of it is taken. */
  scope: z.enum(['person', 'room', 'server']).optional(),
  usedBytes: z.int().optional(),
  limitBytes: z.int().nullable().optional(),
  /** `upload_offset_conflict`: how much is here. */
  offset: z.int().optional(),
});
export type ErrorDetails = z.output<typeof ErrorDetails>;

/** What a failure carries besides its code: what clients are told, and what stays between the services. */
export type ErrorData = ErrorDetails & {
  /** `waiting_in_lobby`, which to people is no failure. */
  waiting?: Waiting;
};

/** The form in which an error crosses the bus. */
export const WireError = z.object({
  kind: z.enum(ERROR_KINDS),
  code: z.enum(ERROR_CODES),
  detail: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type WireError = z.output<typeof WireError>;

/**
 * The one error that may cross a process boundary. Anything else leaves a service as `internal`.
 * `detail` is a sentence for a person; a client switches on `code`.
 */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly data: ErrorData;

  constructor(code: ErrorCode, detail: string = ERRORS[code].title, data: ErrorData = {}, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options);
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
    this.data = data;
    this.kind = ERRORS[code].kind;
  }

  /** The HTTP status of this error's code. */
  get status(): number {
    return ERRORS[this.code].status;
  }

  toWire(): WireError {
    return { kind: this.kind, code: this.code, detail: this.detail, data: this.data };
  }

  /** Reads what `toWire` wrote; anything unreadable becomes `internal`. */
  static fromWire(value: unknown): AppError {
    const parsed = WireError.safeParse(value);
    if (!parsed.success) return new AppError('internal', undefined, {}, { cause: value });
    return new AppError(parsed.data.code, parsed.data.detail, parsed.data.data as ErrorData | undefined);
  }

  /** The error as it is, or `internal` around whatever else was thrown. */
  static from(error: unknown): AppError {
    return error instanceof AppError ? error : new AppError('internal', undefined, {}, { cause: error });
  }
}

/** Turns what zod found into `validation_failed` with one row per field. */
export function validationError(issues: ReadonlyArray<{ path: PropertyKey[]; message: string }>): AppError {
  const errors = issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
  const detail = errors.map((e) => (e.path ? `${e.path}: ${e.message}` : e.message)).join('; ');
  return new AppError('validation_failed', detail, { errors });
}

/** RFC 9457 problem document: the one error shape of the HTTP interface. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(ERROR_CODES),
    detail: z.string(),
    requestId: z.string(),
    ...ErrorDetails.shape,
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof Problem>;
