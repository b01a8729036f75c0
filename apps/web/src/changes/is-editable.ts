import type { Message } from '@atrium/contracts';
import type { JoinedRoom } from '../room/joined-room.ts';

/** Whether its author may still edit a message; the server has the last word. */
export function isEditable(message: Message, room: JoinedRoom, myId: string, now = Date.now()): boolean {
  if (message.authorId !== myId || message.kind !== 'text' || message.deletedAt !== undefined) return false;
  const { editWindowSeconds } = room;
  return editWindowSeconds < 0 || now - Date.parse(message.createdAt) < editWindowSeconds * 1000;
}
