/** What a room is set to where its creator said nothing. */
export const DEFAULTS = {
  topic: '',
  description: '',
  visibility: 'public',
  locked: false,
  botEnabled: true,
  slowModeSeconds: 0,
  whoCanPost: 'everyone',
  historyVisibility: 'all',
  removedCanRejoin: true,
  editWindowSeconds: 24 * 60 * 60,
  maxMembers: 10_000,
} as const;
