import type { FileRecord, TimelineEntry } from '@atrium/contracts';
import type { QueryFilters } from '@tanstack/react-query';
import { queryClient } from '../kit/query-client.ts';
import { isBusy } from '../attachments/file-status.ts';

type FilePage = { items: FileRecord[]; nextCursor: string | null };
type Pages<T> = { pages: T[]; pageParams: unknown[] };

/** What the log tells about things that were fetched: files are patched in place, lists are fetched again. */
export function refreshFromEntries(roomId: string, entries: readonly TimelineEntry[]): void {
  const stale = new Set<string>();
  for (const entry of entries) {
    if (entry.type.startsWith('member.') || entry.type === 'host.changed') stale.add('members');
    if (entry.type === 'message.pinned' || entry.type === 'message.unpinned') stale.add('pins');
    if (entry.type === 'message.edited' || entry.type === 'message.deleted') stale.add('pins').add('saved').add('threads').add('linked');
    if (entry.type === 'message.created' && entry.message.parentId !== undefined) stale.add('threads');
    if (entry.type === 'room.updated' || entry.type === 'bot.toggled') stale.add('room');
    if (entry.type === 'file.added') putFile(roomId, entry.file);
    if (entry.type === 'file.status') {
      if (entry.file) putFile(roomId, entry.file);
      else stale.add('files').add('file');
    }
    if (entry.type === 'file.deleted') {
      removeFile(roomId, entry.fileId);
      // The one before of its name takes its place.
      stale.add('files');
    }
    if (entry.type.startsWith('file.')) stale.add('file-versions').add('storage');
  }
  // Threads and saved messages are listed over all rooms as well.
  for (const key of stale) renew({ queryKey: key === 'saved' || key === 'threads' ? [key] : [key, roomId] });
}

/**
 * Fetches again what is shown. An answer on its way may have been read before this happened, and invalidating does not begin
 * a first fetch anew: it is fetched again once that has come.
 */
export function renew(filters: QueryFilters): void {
  const first = queryClient
    .getQueryCache()
    .findAll({ ...filters, fetchStatus: 'fetching' })
    .filter(({ state }) => state.data === undefined);
  void queryClient.invalidateQueries(filters);
  for (const { promise, queryKey } of first) {
    void Promise.allSettled([promise]).then(() => queryClient.invalidateQueries({ queryKey, exact: true }));
  }
}

/** Progress travels beside the log, so the last of it may come after the end: a file that is read stays so. */
export function showFileProgress({ roomId, fileId, percent }: { roomId: string; fileId: string; percent: number }): void {
  const patch = (file: FileRecord): FileRecord =>
    file.id === fileId && isBusy(file.status) ? { ...file, status: 'extracting', progress: percent } : file;
  queryClient.setQueryData<FileRecord>(['file', roomId, fileId], (file) => file && patch(file));
  changePages(roomId, (items) => items.map(patch));
}

/** Shows a file as it is now, in its own place and in the room's list. */
export function putFile(roomId: string, told: FileRecord): void {
  // Which of its name it is, is not told with it.
  const { revision, newestId } = findFile(roomId, told.id) ?? {};
  const rival = listed(roomId).find((one) => one.id !== told.id && isOfSameName(one, told));
  const isReplaced = rival !== undefined && isBefore(told, rival);
  const replaced = isReplaced ? undefined : rival;
  const file = inPlaceOf(replaced, { ...told, revision: told.revision ?? revision, newestId: told.newestId ?? newestId });
  queryClient.setQueryData(['file', roomId, file.id], file);
  if (file.status === 'ready' || file.status === 'partial')
    void queryClient.invalidateQueries({ queryKey: ['file-text', roomId, file.id] });
  changePages(roomId, (items, first) => {
    if (items.some((one) => one.id === file.id)) return items.map((one) => (one.id === file.id ? file : one));
    return first && !isReplaced && !isListed(roomId, file.id) ? [file, ...items.filter((one) => one.id !== replaced?.id)] : items;
  });
  outdate(roomId, file.id);
}

/** Shows a file that was uploaded here, unless the log was quicker and knows more of it. */
export function addFile(roomId: string, file: FileRecord): void {
  const known = queryClient.getQueryData(['file', roomId, file.id]) !== undefined || isListed(roomId, file.id);
  if (!known) putFile(roomId, file);
}

/** After a change whose answer may be older than what the log has told since. */
export function refreshFile(roomId: string, fileId: string): void {
  renew({ queryKey: ['file', roomId, fileId] });
  renew({ queryKey: ['files', roomId] });
}

export function removeFile(roomId: string, fileId: string): void {
  changePages(roomId, (items) => items.filter((file) => file.id !== fileId));
  outdate(roomId, fileId);
  void queryClient.invalidateQueries({ queryKey: ['file', roomId, fileId] });
}

/** A list that is on its way was read before what was just told. */
function outdate(roomId: string, fileId: string): void {
  for (const queryKey of [
    ['file', roomId, fileId],
    ['files', roomId],
  ]) {
    if (queryClient.isFetching({ queryKey }) > 0) renew({ queryKey });
  }
}

function listed(roomId: string): FileRecord[] {
  return queryClient.getQueryData<Pages<FilePage>>(['files', roomId])?.pages.flatMap((page) => page.items) ?? [];
}

const isListed = (roomId: string, fileId: string): boolean => listed(roomId).some((file) => file.id === fileId);

const findFile = (roomId: string, fileId: string): FileRecord | undefined =>
  queryClient.getQueryData<FileRecord>(['file', roomId, fileId]) ?? listed(roomId).find((file) => file.id === fileId);

/** As the service compares them. */
const isOfSameName = (one: FileRecord, other: FileRecord): boolean =>
  one.name.normalize('NFC').toLowerCase() === other.name.normalize('NFC').toLowerCase();

const isBefore = (one: FileRecord, other: FileRecord): boolean =>
  one.createdAt === other.createdAt ? one.id < other.id : one.createdAt < other.createdAt;

/** The list shows the newest of each name. */
const inPlaceOf = (replaced: FileRecord | undefined, file: FileRecord): FileRecord =>
  replaced ? { ...file, revision: file.revision ?? (replaced.revision ?? 1) + 1 } : file;

function changePages(roomId: string, change: (items: FileRecord[], first: boolean) => FileRecord[]): void {
  queryClient.setQueryData<Pages<FilePage>>(
    ['files', roomId],
    (data) => data && { ...data, pages: data.pages.map((page, index) => ({ ...page, items: change(page.items, index === 0) })) },
  );
}
