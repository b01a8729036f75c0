import { z } from 'zod';

/** The nine kinds of failure. A kind decides the default status and whether a retry can help. */
export const ERROR_KINDS = [
  'invalid_argument',
  'unauthenticated',
  'permission_denied',
  'not_found',
  'conflict',
  'resource_exhausted',
  'internal',
  'unavailable',
  'deadline_exceeded',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

type ErrorRow = { kind: ErrorKind; status: number; title: string };
const row = (kind: ErrorKind, status: number, title: string): ErrorRow => ({ kind, status, title });

/** Every code a client can meet: what kind of failure it is, its HTTP status and its human title. */
export const ERRORS = {
  malformed_request: row('invalid_argument', 400, 'The request could not be read'),
  validation_failed: row('invalid_argument', 422, 'Some fields are not valid'),
  message_too_long: row('invalid_argument', 422, 'The message is too long'),
  invalid_successor: row('invalid_argument', 422, 'The successor must be an active member of the room'),
  unsupported_media_type: row('invalid_argument', 415, 'This content type is not accepted here'),
  payload_too_large: row('invalid_argument', 413, 'The request is too large'),
  file_too_large: row('invalid_argument', 413, 'The file is too large'),
  range_not_satisfiable: row('invalid_argument', 416, 'The requested range lies outside the file'),
  unauthenticated: row('unauthenticated', 401, 'Sign in to continue'),
  wrong_credentials: row('unauthenticated', 401, 'The username or the password is wrong'),
  session_revoked: row('unauthenticated', 401, 'This session has ended'),
  forbidden: row('permission_denied', 403, 'You may not do this'),
  not_a_member: row('permission_denied', 403, 'You are not a member of this room'),
  wrong_password: row('permission_denied', 403, 'The room password is wrong'),
  room_locked: row('permission_denied', 403, 'The room is locked'),
  banned: row('permission_denied', 403, 'You cannot join this room again'),
  muted: row('permission_denied', 403, 'You are muted in this room'),
  posting_restricted: row('permission_denied', 403, 'Only moderators may post in this room'),
  not_found: row('not_found', 404, 'Not found'),
  user_not_found: row('not_found', 404, 'User not found'),
  room_not_found: row('not_found', 404, 'Room not found'),
  member_not_found: row('not_found', 404, 'Member not found'),
  message_not_found: row('not_found', 404, 'Message not found'),
  file_not_found: row('not_found', 404, 'File not found'),
  session_not_found: row('not_found', 404, 'Session not found'),
  method_not_allowed: row('invalid_argument', 405, 'This method is not allowed here'),
  username_taken: row('conflict', 409, 'This username is taken'),
  email_taken: row('conflict', 409, 'This e-mail address is taken'),
  room_full: row('conflict', 409, 'The room is full'),
  room_archived: row('conflict', 409, 'The room is archived'),
  idempotency_conflict: row('conflict', 409, 'The same key was used for something else'),
  file_not_ready: row('conflict', 409, 'The file is not ready for questions'),
  file_not_retryable: row('conflict', 409, 'The file is not in a state that can be extracted again'),
  too_many_pins: row('conflict', 409, 'The room has the most pins it can have'),
  reservation_conflict: row('conflict', 409, 'The credit reservation has ended'),
  stale_version: row('conflict', 412, 'The resource has changed meanwhile'),
  insufficient_credits: row('resource_exhausted', 402, 'Not enough credits'),
  rate_limited: row('resource_exhausted', 429, 'Too many requests'),
  slow_mode: row('resource_exhausted', 429, 'Slow mode is on in this room'),
  too_many_attempts: row('resource_exhausted', 429, 'Too many attempts'),
  internal: row('internal', 500, 'Something went wrong on our side'),
  service_unavailable: row('unavailable', 503, 'This part of the service is away for a moment'),
  deadline_exceeded: row('deadline_exceeded', 503, 'This took too long; try again'),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;
export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

export const FieldError = z.object({ path: z.string(), message: z.string() }).meta({ id: 'FieldError' });
export type FieldError = z.output<typeof FieldError>;

/** What a failure carries besides its code: which fields, when to come back, what state was met. */
export type ErrorData = {
  errors?: FieldError[];
  retryAfterSeconds?: number;
  [key: string]: unknown;
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

  constructor(
    readonly code: ErrorCode,
    readonly detail: string = ERRORS[code].title,
    readonly data: ErrorData = {},
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
    this.name = 'AppError';
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
    return new AppError(parsed.data.code, parsed.data.detail, parsed.data.data ?? {});
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
    errors: z.array(FieldError).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof Problem>;
