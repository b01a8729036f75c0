/**
 * How long a browser may come with the token just rotated: another tab, a page reloaded before the reply was there, or a
 * reply that was lost. It has to outlast the wait for that reply, and the next attempt with a line that is still bad.
 */
export const ROTATION_GRACE_MS = 30_000;

/** What is known of a refresh token that was presented. */
export type PresentedToken = {
  sessionEnded: boolean;
  expired: boolean;
  /** Null for a token that was not used yet. */
  rotatedAgoMs: number | null;
  /** Whether the token that replaced this one is still unused. */
  successorUnused: boolean;
  /** Whether it was rotated after this use of it arrived: both were under way at once. */
  rotatedMeanwhile: boolean;
  fromBrowser: boolean;
  /** Whether it comes from the address and the browser that rotated it. */
  sameClient: boolean;
};

export type RotationVerdict = 'rotate' | 'repeat' | 'reused' | 'expired' | 'ended';

/**
 * Whoever keeps the token themselves knows that it was used, and gets no grace for using it again; a browser does.
 * The grace covers the immediate predecessor alone: a grace for any ancestor would let a stolen token live on, since
 * each rotation would open a new one.
 */
export function judgeRefresh(token: PresentedToken): RotationVerdict {
  if (token.sessionEnded) return 'ended';
  if (token.rotatedAgoMs === null) return token.expired ? 'expired' : 'rotate';
  const inTime = token.rotatedMeanwhile || (token.fromBrowser && token.rotatedAgoMs <= ROTATION_GRACE_MS);
  return inTime && token.successorUnused && token.sameClient ? 'repeat' : 'reused';
}
