/** What the address says is open beside the conversation. */
export type RoomPlace =
  | { name: 'chat' }
  | { name: 'thread'; messageId: string }
  | { name: 'threads' }
  | { name: 'pins' }
  | { name: 'files' }
  | { name: 'ask' }
  | { name: 'file'; fileId: string }
  | { name: 'document'; fileId: string }
  | { name: 'members' }
  | { name: 'settings' }
  | { name: 'search' }
  | { name: 'audit' }
  | { name: 'unknown' };

/** Reads the part of the address behind `/rooms/:roomId/`. */
export function readRoomPlace(rest: string): RoomPlace {
  const [first = '', second] = rest.split('/').filter(Boolean);
  if (first === '') return { name: 'chat' };
  if (first === 'thread' && second) return { name: 'thread', messageId: second };
  if (first === 'files') return second ? { name: 'file', fileId: second } : { name: 'files' };
  if (first === 'document' && second) return { name: 'document', fileId: second };
  if (second === undefined && isPanel(first)) return { name: first };
  return { name: 'unknown' };
}

const PANELS = ['threads', 'pins', 'ask', 'members', 'settings', 'search', 'audit'] as const;
const isPanel = (name: string): name is (typeof PANELS)[number] => (PANELS as readonly string[]).includes(name);
