import type { Message } from '@atrium/contracts';
import { editing } from '../changes/editing.ts';
import { isEditable } from '../changes/is-editable.ts';
import { live } from '../live/live.ts';
import type { JoinedRoom } from '../room/joined-room.ts';

type Place = { room: JoinedRoom; parentId: string | undefined; myId: string };

/** Opens the last message one wrote here for editing. @returns that message, if there is one that may still be changed */
export function editLastOwn({ room, parentId, myId }: Place): Message | undefined {
  const shown = parentId === undefined ? live.timelines.room(room.id) : live.timelines.thread(room.id, parentId);
  const { messages } = shown.snapshot();
  const last = messages.findLast((message) => isEditable(message, room, myId));
  if (last) editing.begin(last.id);
  return last;
}
