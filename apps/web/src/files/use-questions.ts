import { AtriumError, newId } from '@atrium/client';
import type { Answer, AnswerHistory } from '@atrium/contracts';
import { type InfiniteData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { queryClient } from '../kit/query-client.ts';
import { showError } from '../kit/toasts.tsx';
import { client } from '../session/client.ts';
import { session } from '../session/session-store.ts';

type History = InfiniteData<AnswerHistory, string | undefined>;
type Asked = { question: string; fileIds: readonly string[] | undefined; key: string };
type AskOptions = { idempotencyKey: string; signal: AbortSignal; onText: (text: string) => void };
const NOTHING: AnswerHistory = { items: [], nextCursor: null, questionCost: 1 };
const WORTH_ANOTHER_TRY = ['network', 'timeout', 'service_unavailable', 'deadline_exceeded'];

/** One person's questions to one file, or without one to the room's files. */
export function useQuestions(roomId: string, fileId?: string) {
  const queryKey = fileId === undefined ? ['room-questions', roomId] : ['file-chat', roomId, fileId];
  const stopped = useRef(new AbortController());
  const [arriving, setArriving] = useState('');
  const history = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => readHistory(roomId, fileId, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const change = (make: (data: History) => History) => queryClient.setQueryData<History>(queryKey, (data) => data && make(data));
  const ask = useMutation({
    // The key stays with the question, so that asking once more after a timeout is not paid twice.
    mutationFn: (asked: Asked) => {
      setArriving('');
      const onText = (text: string): void => setArriving((before) => before + text);
      return put(roomId, fileId, asked, { idempotencyKey: asked.key, signal: stopped.current.signal, onText });
    },
    retry: (failures, error) => failures < 2 && WORTH_ANOTHER_TRY.includes(AtriumError.from(error).code),
    onSuccess: (answer) => {
      session.update({ credits: answer.creditsLeft });
      change((data) => withAnswer(data, answer));
    },
    // It may have been answered all the same.
    onError: (error) => AtriumError.from(error).code === 'aborted' && void history.refetch(),
  });
  const clear = useMutation({
    mutationFn: () => (fileId === undefined ? client.files.clearRoomHistory(roomId) : client.files.clearHistory(roomId, fileId)),
    onSuccess: () =>
      change(({ pages }) => ({ pages: [{ ...NOTHING, questionCost: pages[0]?.questionCost ?? 1 }], pageParams: [undefined] })),
    onError: showError,
  });
  const rate = useMutation({
    mutationFn: ({ id, helpful }: { id: string; helpful: boolean | null }) => client.files.rate(roomId, id, helpful),
    onSuccess: (answer) => change((data) => withRated(data, answer)),
    onError: showError,
  });
  const failure = ask.error ? AtriumError.from(ask.error) : undefined;
  return {
    /** Oldest first, as one reads a conversation. */
    answers: [...(history.data?.pages.flatMap((page) => page.items) ?? [])].sort((a, b) => a.createdAt.localeCompare(b.createdAt)),
    /** What an answer costs; nothing else is charged. */
    cost: history.data?.pages[0]?.questionCost,
    isPending: history.isPending,
    error: history.error ? AtriumError.from(history.error) : undefined,
    retry: () => void history.refetch(),
    hasEarlier: history.hasNextPage,
    loadEarlier: () => void history.fetchNextPage(),
    asking: ask.isPending ? ask.variables.question : undefined,
    /** As much of the answer as has come. */
    arriving,
    failure: failure?.code === 'aborted' ? undefined : failure,
    ask: (question: string, fileIds?: readonly string[]) => {
      stopped.current = new AbortController();
      return ask.mutateAsync({ question, fileIds, key: newId() });
    },
    stop: () => stopped.current.abort(),
    clear: () => clear.mutateAsync(),
    rate: (id: string, helpful: boolean | null) => rate.mutate({ id, helpful }),
  };
}

function put(roomId: string, fileId: string | undefined, { question, fileIds }: Asked, options: AskOptions): Promise<Answer> {
  if (fileId !== undefined) return client.files.ask(roomId, fileId, question, options);
  return client.files.askRoom(roomId, question, { ...options, ...(fileIds && { fileIds }) });
}

function readHistory(roomId: string, fileId: string | undefined, cursor: string | undefined): Promise<AnswerHistory> {
  const page = cursor ? { cursor } : {};
  return fileId === undefined ? client.files.roomHistory(roomId, page) : client.files.history(roomId, fileId, page);
}

function withAnswer(data: History, answer: Answer): History {
  const [first, ...rest] = data.pages;
  if (!first || first.items.some((one) => one.id === answer.id)) return data;
  return { ...data, pages: [{ ...first, items: [answer, ...first.items] }, ...rest] };
}

const withRated = (data: History, rated: Answer): History => ({
  ...data,
  pages: data.pages.map((page) => ({ ...page, items: page.items.map((one) => (one.id === rated.id ? rated : one)) })),
});
