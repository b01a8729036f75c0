import { Observable } from '@atrium/client';
import type { Message } from '@atrium/contracts';
import { live } from '../live/live.ts';
import type { JoinedRoom } from '../room/joined-room.ts';

/** Which message is being edited on this page; one at a time. */
class Editing extends Observable<string | undefined> {
  #messageId: string | undefined;

  begin(messageId: string): void {
    this.#messageId = messageId;
    this.changed();
  }

  end(): void {
    this.#messageId = undefined;
    this.changed();
  }

  protected build(): string | undefined {
    return this.#messageId;
  }
}

export const editing = new Editing();

/** Whether its author may still edit a message; the server has the last word. */
export function isEditable(message: Message, room: JoinedRoom, myId: string, now = Date.now()): boolean {
  if (message.authorId !== myId || message.kind !== 'text' || message.deletedAt !== undefined) return false;
  const { editWindowSeconds } = room;
  return editWindowSeconds < 0 || now - Date.parse(message.createdAt) < editWindowSeconds * 1000;
}

type Place = { room: JoinedRoom; parentId: string | undefined; myId: string };

/** Opens the last message one wrote here for editing. @returns that message, if there is one that may still be changed */
export function editLastOwn({ room, parentId, myId }: Place): Message | undefined {
  const shown = parentId === undefined ? live.timelines.room(room.id) : live.timelines.thread(room.id, parentId);
  const { messages } = shown.snapshot();
  const last = messages.findLast((message) => isEditable(message, room, myId));
  if (last) editing.begin(last.id);
  return last;
}
