import { t } from '@lingui/core/macro';
import type { Message } from '@atrium/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { queryClient } from '../kit/query-client.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import { client } from '../session/client.ts';

/** Messages kept for later, page after page; the socket says when they changed on another device. */
export function useSaved() {
  return useInfiniteQuery({
    queryKey: ['saved'],
    queryFn: ({ pageParam }) => client.messages.saved({ limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** As far as the list was read: what was kept long ago may be kept again, which changes nothing. */
export function useIsSaved(messageId: string): boolean {
  const { data } = useSaved();
  return data?.pages.some((page) => page.items.some(({ message }) => message.id === messageId)) ?? false;
}

export function keepForLater(message: Message, saved: boolean): void {
  client.messages.save(message.id, saved).then(() => {
    showToast(saved ? t`Saved for later.` : t`Removed from saved.`);
    void queryClient.invalidateQueries({ queryKey: ['saved'] });
  }, showError);
}
