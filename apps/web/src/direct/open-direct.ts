import { live } from '../live/live.ts';
import { client } from '../session/client.ts';

/** The place of the direct room with somebody, which is made where there is none yet. */
export async function openDirect(userId: string): Promise<string> {
  const room = await client.rooms.openDirect([userId]);
  live.joined(room);
  return `/rooms/${room.id}`;
}
