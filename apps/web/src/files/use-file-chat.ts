import { AtriumError, newId } from '@atrium/client';
import type { Answer } from '@atrium/contracts';
import { type InfiniteData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { queryClient } from '../app/query-client.ts';
import { showError } from '../app/toasts.tsx';
import { client } from '../session/client.ts';
import { session } from '../session/session-store.ts';

type Page = { items: Answer[]; nextCursor: string | null };
type History = InfiniteData<Page, string | undefined>;

/** One person's conversation with one file. */
export function useFileChat(roomId: string, fileId: string) {
  const queryKey = ['file-chat', roomId, fileId];
  const history = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => client.files.history(roomId, fileId, pageParam ? { cursor: pageParam } : {}),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const ask = useMutation({
    // The key stays with the question, so that asking once more after a timeout is not paid twice.
    mutationFn: ({ question, key }: { question: string; key: string }) => client.files.ask(roomId, fileId, question, key),
    retry: (failures, error) =>
      failures < 2 && ['network', 'timeout', 'service_unavailable', 'deadline_exceeded'].includes(AtriumError.from(error).code),
    onSuccess: (answer) => {
      session.update({ credits: answer.creditsLeft });
      queryClient.setQueryData<History>(queryKey, (data) => data && withAnswer(data, answer));
    },
  });
  const clear = useMutation({
    mutationFn: () => client.files.clearHistory(roomId, fileId),
    onSuccess: () => queryClient.setQueryData<History>(queryKey, { pages: [{ items: [], nextCursor: null }], pageParams: [undefined] }),
    onError: showError,
  });
  const items = history.data?.pages.flatMap((page) => page.items) ?? [];
  return {
    /** Oldest first, as one reads a conversation. */
    answers: [...items].sort((a, b) => a.createdAt.localeCompare(b.createdAt)),
    isPending: history.isPending,
    error: history.error ? AtriumError.from(history.error) : undefined,
    retry: () => void history.refetch(),
    hasEarlier: history.hasNextPage,
    loadEarlier: () => void history.fetchNextPage(),
    asking: ask.isPending ? ask.variables.question : undefined,
    failure: ask.error ? AtriumError.from(ask.error) : undefined,
    ask: (question: string) => ask.mutateAsync({ question, key: newId() }),
    clear: () => clear.mutate(),
  };
}

function withAnswer(data: History, answer: Answer): History {
  const [first, ...rest] = data.pages;
  if (!first || first.items.some((one) => one.id === answer.id)) return data;
  return { ...data, pages: [{ ...first, items: [answer, ...first.items] }, ...rest] };
}
