import type { Attachment } from '@atrium/contracts';
import type { AtriumError } from '../errors.ts';

/** `alsoInRoom`: a reply that the room shows too. */
export type Draft = { roomId: string; body: string; parentId?: string; alsoInRoom?: boolean; files?: Attachment[] };
export type OutboxItem = {
  clientId: string;
  roomId: string;
  body: string;
  parentId?: string;
  alsoInRoom?: boolean;
  files: Attachment[];
  createdAt: string;
  /** `sent` is acknowledged and waits only for its entry to arrive. */
  state: 'pending' | 'sent' | 'failed';
  seq?: number;
  error?: AtriumError;
};

export function anItem({ roomId, body, files = [], ...place }: Draft, clientId: string): OutboxItem {
  const createdAt = new Date().toISOString();
  return { clientId, roomId, body, files, createdAt, state: 'pending', ...placeOf(place) };
}

type Place = { parentId?: string; alsoInRoom?: boolean };

/** Where a message is said, without what says nothing of that. */
export const placeOf = ({ parentId, alsoInRoom }: Place): Place => ({
  ...(parentId ? { parentId, ...(alsoInRoom ? { alsoInRoom } : {}) } : {}),
});
