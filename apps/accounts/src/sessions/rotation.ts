/** How long the token just rotated may be met again without suspicion: two tabs, or a lost reply. */
export const ROTATION_GRACE_MS = 10_000;

/** What is known of a refresh token that was presented. */
export type PresentedToken = {
  sessionEnded: boolean;
  expired: boolean;
  /** Null for a token that was not used yet. */
  rotatedAgoMs: number | null;
  /** Whether the token that replaced this one is still unused. */
  successorUnused: boolean;
  /** Whether it comes from the address and the browser that rotated it. */
  sameClient: boolean;
};

export type RotationVerdict = 'rotate' | 'repeat' | 'reused' | 'expired' | 'ended';

/**
 * The grace covers the immediate predecessor alone: a grace for any ancestor would let a stolen token live on, since
 * each rotation would open a new one.
 */
export function judgeRefresh(token: PresentedToken): RotationVerdict {
  if (token.sessionEnded) return 'ended';
  if (token.rotatedAgoMs === null) return token.expired ? 'expired' : 'rotate';
  const inGrace = token.rotatedAgoMs <= ROTATION_GRACE_MS && token.successorUnused && token.sameClient;
  return inGrace ? 'repeat' : 'reused';
}
