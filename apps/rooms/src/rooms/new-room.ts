import { randomBytes } from 'node:crypto';

/** What a private room's link carries: 128 random bits. */
export const newLinkKey = (): string => randomBytes(16).toString('base64url');

/** What a room is set to where its creator said nothing. */
export const DEFAULTS = {
  topic: '',
  description: '',
  visibility: 'public',
  locked: false,
  lobby: false,
  hostAwayDays: 30,
  botEnabled: true,
  slowModeSeconds: 0,
  whoCanPost: 'everyone',
  historyVisibility: 'all',
  removedCanRejoin: true,
  editWindowSeconds: 24 * 60 * 60,
  maxMembers: 10_000,
} as const;
