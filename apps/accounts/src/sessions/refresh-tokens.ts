import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 random bits, as the client keeps them. */
export const newRefreshToken = (): string => randomBytes(32).toString('base64url');

export const newRotationKey = (): string => randomBytes(32).toString('hex');

/** How a token is stored: a leaked table gives nobody a session. */
export const hashRefreshToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * The token that follows `token`. Made from it and a key of the session, so that a repeat can be answered with the
 * very same successor although only hashes are stored.
 */
export const successorOf = (token: string, rotationKey: string): string =>
  createHmac('sha256', Buffer.from(rotationKey, 'hex')).update(token).digest('base64url');
