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
  request_timeout: row('deadline_exceeded', 408, 'The request did not arrive in time'),
  headers_too_large: row('invalid_argument', 431, 'The headers of the request are too large'),
  payload_too_large: row('invalid_argument', 413, 'The request is too large'),
  file_too_large: row('invalid_argument', 413, 'The file is too large'),
  range_not_satisfiable: row('invalid_argument', 416, 'The requested range lies outside the file'),
  unauthenticated: row('unauthenticated', 401, 'Sign in to continue'),
  wrong_credentials: row('unauthenticated', 401, 'The username or the password is wrong'),
  session_revoked: row('unauthenticated', 401, 'This session has ended'),
  forbidden: row('permission_denied', 403, 'You may not do this'),
  admin_code_required: row(
    'permission_denied',
    403,
    'This name is kept for an admin; register it with the code that was printed at the start',
  ),
  not_a_member: row('permission_denied', 403, 'You are not a member of this room'),
  wrong_password: row('permission_denied', 403, 'The password is wrong'),
  reset_link_invalid: row('permission_denied', 403, 'This link to choose a new password does not work any more'),
  insufficient_scope: row('permission_denied', 403, 'The access token was not made for this'),
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
  answer_not_found: row('not_found', 404, 'Answer not found'),
  session_not_found: row('not_found', 404, 'Session not found'),
  token_not_found: row('not_found', 404, 'Access token not found'),
  method_not_allowed: row('invalid_argument', 405, 'This method is not allowed here'),
  username_taken: row('conflict', 409, 'This username is taken'),
  email_taken: row('conflict', 409, 'This e-mail address is taken'),
  room_full: row('conflict', 409, 'The room is full'),
  room_archived: row('conflict', 409, 'The room is archived'),
  idempotency_conflict: row('conflict', 409, 'The same key was used for something else'),
  file_not_ready: row('conflict', 409, 'The file is not ready for questions'),
  file_not_retryable: row('conflict', 409, 'The file is not in a state that can be extracted again'),
  too_many_tokens: row('conflict', 409, 'You have the most access tokens that you can have'),
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
