import { AtriumError } from '@atrium/client';
import { t } from '@lingui/core/macro';
import type { ScheduledMessage } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { queryClient } from '../kit/query-client.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import { renew } from '../live/entry-queries.ts';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';
import { whenText } from './when-text.ts';
import { problemText } from '../language/problem-text.ts';

const KEY = ['scheduled'];
/** Nobody may have more. */
const ALL = 100;
const NONE: readonly ScheduledMessage[] = [];

/** What goes out later, the next first; the socket says what changes. */
export function useScheduled() {
  const query = useQuery({
    queryKey: KEY,
    queryFn: async () => (await client.ahead.scheduled({ limit: ALL })).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { ...query, items: query.data ?? NONE };
}

client.realtime.on('ready', () => renew({ queryKey: KEY }));
client.realtime.on('scheduled', ({ roomId, id, scheduled }) => {
  queryClient.setQueryData<ScheduledMessage[]>(KEY, (items) => {
    if (!items) return undefined;
    const others = items.filter((item) => item.id !== id);
    return scheduled ? [...others, scheduled].sort((a, b) => a.sendAt.localeCompare(b.sendAt)) : others;
  });
  if (scheduled?.failure)
    showToast(
      t`Not sent to ${live.rooms.get(roomId)?.name ?? t`the room`}: ${problemText(new AtriumError({ status: 0, ...scheduled.failure }))}`,
    );
});

export type Written = { roomId: string; parentId?: string; alsoInRoom?: boolean; body: string; fileIds: readonly string[] };

/** @returns whether it was taken */
export async function schedule({ roomId, fileIds, ...written }: Written, sendAt: Date): Promise<boolean> {
  try {
    const made = await client.ahead.schedule(roomId, { ...written, fileIds: [...fileIds], sendAt: sendAt.toISOString() });
    showToast(t`Will be sent ${whenText(made.sendAt, Date.now())}.`);
    return true;
  } catch (error) {
    showError(error);
    return false;
  }
}
