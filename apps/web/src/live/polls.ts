import type { Poll } from '@atrium/contracts';
import { queryClient } from '../kit/query-client.ts';

export const pollKey = (roomId: string, pollId: string) => ['poll', roomId, pollId];

export const putPoll = (poll: Poll): void => void queryClient.setQueryData(pollKey(poll.roomId, poll.id), poll);

/** Results as they were told to everyone: what this user chose is kept, and follows from their name where votes are open. */
export function takePoll({ roomId, pollId, poll }: { roomId: string; pollId: string; poll: Poll | null }): void {
  queryClient.setQueryData<Poll | null>(pollKey(roomId, pollId), (known) => {
    if (known === undefined) return undefined;
    return poll && { ...poll, ...(known?.mine && { mine: known.mine }) };
  });
}
