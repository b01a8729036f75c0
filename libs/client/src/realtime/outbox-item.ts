import type { Attachment } from '@atrium/contracts';
import type { AtriumError } from '../errors.ts';

export type Draft = { roomId: string; body: string; parentId?: string; files?: Attachment[] };
export type OutboxItem = {
  clientId: string;
  roomId: string;
  body: string;
  parentId?: string;
  files: Attachment[];
  createdAt: string;
  /** `sent` is acknowledged and waits only for its entry to arrive. */
  state: 'pending' | 'sent' | 'failed';
  seq?: number;
  error?: AtriumError;
};

export function anItem({ roomId, body, parentId, files = [] }: Draft, clientId: string): OutboxItem {
  const createdAt = new Date().toISOString();
  return { clientId, roomId, body, files, createdAt, state: 'pending', ...(parentId ? { parentId } : {}) };
}
