import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queryClient } from '../kit/query-client.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import { client } from '../session/client.ts';

/** Follows the thread that is open, or leaves it. */
export function FollowButton({ roomId, rootId }: { roomId: string; rootId: string }) {
  const thread = useQuery({
    queryKey: ['threads', 'following', roomId, rootId],
    queryFn: () => client.messages.following(roomId, rootId),
  });
  const { following } = thread.data ?? {};
  // Before it is known, it would say the wrong thing for a moment.
  if (following === undefined) return null;
  return (
    <Button size="compact-xs" variant="subtle" aria-pressed={following} onClick={() => followThread(roomId, rootId, !following)}>
      {following ? t`Following` : t`Follow`}
    </Button>
  );
}

export function followThread(roomId: string, rootId: string, following: boolean): void {
  client.messages.follow(roomId, rootId, following).then(() => {
    showToast(following ? t`You follow this thread.` : t`You left this thread until you are named in it.`);
    void queryClient.invalidateQueries({ queryKey: ['threads'] });
  }, showError);
}
