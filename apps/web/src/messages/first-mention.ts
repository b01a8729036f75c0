import type { Room } from '@atrium/contracts';
import { client } from '../session/client.ts';
import { namesMe } from './names-me.ts';

const PAGE = 100;
/** Further than this it is quicker to read on than to wait. */
const MAX_PAGES = 10;

/** The first message that calls this person among those not read yet; undefined when it is in a thread or far away. */
export async function firstMention(room: Room, myId: string): Promise<number | undefined> {
  let after = room.me?.readSeq ?? 0;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { items, hasAfter } = await client.messages.page(room.id, { after, limit: PAGE });
    const found = items.find((message) => namesMe(message, myId, room.me));
    if (found || !hasAfter) return found?.seq;
    after = items.at(-1)?.seq ?? after;
  }
  return undefined;
}
