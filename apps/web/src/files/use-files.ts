import { AtriumError } from '@atrium/client';
import type { FileRecord, TextPage } from '@atrium/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client } from '../session/client.ts';
import { isAskable } from '../attachments/file-status.ts';

/** A room's files, of each name the newest, newest first. */
export function useFiles(roomId: string) {
  const found = useInfiniteQuery({
    queryKey: ['files', roomId],
    queryFn: ({ pageParam }) => client.files.list(roomId, { versions: 'newest', ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  return { ...found, files: found.data?.pages.flatMap((page) => page.items) ?? [] };
}

export function useFile(roomId: string, fileId: string) {
  return useQuery({ queryKey: ['file', roomId, fileId], queryFn: () => client.files.get(roomId, fileId) });
}

type TextPages = (typeof TextPage)['_output'][];

/** The text taken out of a file, page by page, once it is wanted. */
export function useFileText(
  file: FileRecord | undefined,
  wanted = true,
): {
  pages: TextPages | undefined;
  error: AtriumError | undefined;
  retry: () => void;
} {
  const text = useQuery({
    queryKey: ['file-text', file?.roomId, file?.id, file?.version],
    queryFn: () => client.files.text(file?.roomId ?? '', file?.id ?? ''),
    enabled: wanted && file !== undefined && isAskable(file.status),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { pages: text.data?.pages, error: text.error ? AtriumError.from(text.error) : undefined, retry: () => void text.refetch() };
}
