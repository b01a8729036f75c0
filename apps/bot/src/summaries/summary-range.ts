/** What a summary is to cover. */
export type SummaryRange =
  { kind: 'unread' } | { kind: 'since'; at: Date } | { kind: 'last'; count: number } | { kind: 'thread'; rootId: string };

export const MAX_LAST = 500;
