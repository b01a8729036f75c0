import type { FileRecord } from '@atrium/contracts';
import { InfiniteQueryObserver, QueryObserver } from '@tanstack/react-query';
import { queryClient } from '../kit/query-client.ts';
import { addFile, putFile, renew, showFileProgress } from './entry-queries.ts';

const ROOM = 'room';
const aFile = (status: FileRecord['status']): FileRecord => ({ id: 'file', roomId: ROOM, name: 'a.pdf', status }) as FileRecord;
const pageOf = (...items: FileRecord[]) => ({ items, nextCursor: null });
const shown = () =>
  queryClient.getQueryData<{ pages: { items: FileRecord[] }[] }>(['files', ROOM])?.pages[0]?.items.map((file) => file.status);
const listed = (...items: FileRecord[]) =>
  queryClient.setQueryData(['files', ROOM], { pages: [pageOf(...items)], pageParams: [undefined] });

describe('what is shown of files', () => {
  afterEach(() => queryClient.clear());

  it('is asked for again when a list that was on its way is older than the log', async () => {
    let answerFirst: (page: ReturnType<typeof pageOf>) => void = () => undefined;
    const first = new Promise<ReturnType<typeof pageOf>>((resolve) => (answerFirst = resolve));
    let asked = 0;
    const observer = new InfiniteQueryObserver(queryClient, {
      queryKey: ['files', ROOM],
      queryFn: () => (asked++ === 0 ? first : Promise.resolve(pageOf(aFile('ready')))),
      initialPageParam: undefined,
      getNextPageParam: () => undefined,
    });
    const second = new Promise<void>((resolve) => {
      observer.subscribe(({ isFetching }) => void (asked === 2 && !isFetching && resolve()));
    });
    putFile(ROOM, aFile('ready'));
    answerFirst(pageOf(aFile('extracting')));
    await second;
    expect(shown()).toEqual(['ready']);
    observer.destroy();
  });

  it('is asked for again alone when its first answer was on its way, and the others without waiting for that', async () => {
    const answers = new Map<string, () => void>();
    const asked: string[] = [];
    const observers = ['slow', 'known'].map((name) => {
      if (name === 'known') queryClient.setQueryData([name], 0);
      const observer = new QueryObserver(queryClient, {
        queryKey: [name],
        staleTime: Number.POSITIVE_INFINITY,
        queryFn: () => {
          asked.push(name);
          return new Promise<number>((resolve) => answers.set(name, () => resolve(asked.length)));
        },
      });
      return [observer, observer.subscribe(() => undefined)] as const;
    });
    renew({ predicate: () => true });
    expect(asked).toEqual(['slow', 'known']);
    answers.get('slow')!();
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual(['slow', 'known', 'slow']);
    for (const [, end] of observers) end();
  });

  it('does not go back when progress or the answer to an upload comes after the end', () => {
    listed();
    putFile(ROOM, aFile('extracting'));
    showFileProgress({ roomId: ROOM, fileId: 'file', percent: 40 });
    putFile(ROOM, aFile('ready'));
    showFileProgress({ roomId: ROOM, fileId: 'file', percent: 90 });
    addFile(ROOM, aFile('stored'));
    expect(shown()).toEqual(['ready']);
  });

  it('is the newest of each name, with its number kept when the log tells more of it', () => {
    const at = (minute: number) => ({ createdAt: `2026-01-01T00:0${minute}:00.000Z` });
    listed(
      { ...aFile('ready'), ...at(2), name: 'Größe.pdf', revision: 2 },
      { ...aFile('ready'), ...at(1), id: 'other', name: 'other.pdf' },
    );
    putFile(ROOM, { ...aFile('stored'), ...at(3), id: 'next', name: 'size.pdf' });
    putFile(ROOM, { ...aFile('stored'), ...at(4), id: 'newest', name: 'größe.PDF' });
    putFile(ROOM, { ...aFile('ready'), ...at(4), id: 'newest', name: 'größe.PDF' });
    putFile(ROOM, { ...aFile('ready'), ...at(0), id: 'oldest', name: 'größe.pdf' });
    const items = queryClient.getQueryData<{ pages: { items: FileRecord[] }[] }>(['files', ROOM])?.pages[0]?.items;
    expect(items?.map(({ id, status, revision }) => [id, status, revision])).toEqual([
      ['newest', 'ready', 3],
      ['next', 'stored', undefined],
      ['other', 'ready', undefined],
    ]);
  });
});
