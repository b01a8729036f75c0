import { AtriumError } from '@atrium/client';
import type { Message } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { client } from '../session/client.ts';
import { type LinkedPlace, keyOf } from './linked-places.ts';

/** A message by its place, as far as whoever looks may see it: null where they may not. What becomes of it is followed. */
export const useLinkedMessage = (place: LinkedPlace) =>
  useQuery({
    queryKey: ['linked', place.roomId, keyOf(place)],
    queryFn: () => find(place),
    staleTime: 5 * 60_000,
    retry: (count, error) => AtriumError.from(error).status >= 500 && count < 2,
  });

/** Null for what is not there, or not for this reader: one answers like the other. */
async function find(place: LinkedPlace): Promise<Message | null> {
  try {
    if ('rootId' in place) return (await client.messages.thread(place.roomId, place.rootId, { limit: 1 })).root;
    const { items } = await client.messages.page(place.roomId, { around: place.seq, limit: 1 });
    return items.find(({ seq }) => seq === place.seq) ?? null;
  } catch (error) {
    const { status } = AtriumError.from(error);
    if (status === 403 || status === 404) return null;
    throw error;
  }
}
