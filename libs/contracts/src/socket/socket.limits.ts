export const CLOSE_CODES = {
  unauthenticated: 4401,
  revoked: 4403,
  authTimeout: 4408,
  superseded: 4409,
  frameTooLarge: 4413,
  tooManyFrames: 4429,
  tooSlow: 4008,
  restarting: 1012,
} as const;
export const MAX_FRAME_BYTES = 65_536;
export const HEARTBEAT_SECONDS = 30;
/** A client silent for this long is closed. */
export const SILENCE_SECONDS = 75;
export const AUTH_WITHIN_SECONDS = 5;
/** A room further behind than this is reset instead of replayed. */
export const MAX_RESUME_ENTRIES = 1000;
