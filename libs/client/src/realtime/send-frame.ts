import { type ClientFrame, MAX_FRAME_BYTES } from '@atrium/contracts';
import { placeOf, type OutboxItem } from './outbox-item.ts';

type SendFrame = ClientFrame<'message.send'>;

/** The frame's id is the message's: its answer says which message it is about. */
export function frameOf({ clientId, roomId, body, files, ...place }: OutboxItem): SendFrame {
  const data = { roomId, clientId, body, fileIds: files.map((file) => file.id), ...placeOf(place) };
  return { event: 'message.send', id: clientId, data };
}

/** Counted generously: every UTF-16 unit of the encoded frame may take three bytes. */
export function fitsFrame(frame: SendFrame): boolean {
  const text = JSON.stringify(frame);
  if (text.length * 3 < MAX_FRAME_BYTES) return true;
  return new TextEncoder().encode(text).length < MAX_FRAME_BYTES;
}
