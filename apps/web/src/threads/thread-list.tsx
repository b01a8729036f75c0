import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { Thread } from '@atrium/contracts';
import { Button, SegmentedControl } from '@mantine/core';
import { IconMessageCircle } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { useRooms } from '../live/use-live.ts';
import { Avatar } from '../people/avatar.tsx';
import { MessageAuthor } from '../people/message-author.tsx';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import { MessageBody } from '../messages/message-body.tsx';
import { followThread } from './follow-button.tsx';
import styles from '../kit/overview.module.css';
import { problemText } from '../language/problem-text.ts';

const filters = () =>
  [
    { value: 'following', label: t`Following` },
    { value: 'unread', label: t`Unread` },
    { value: 'all', label: t`All` },
  ] as const;
type Filter = ReturnType<typeof filters>[number]['value'];
const nothing = () => ({
  following: t`Threads that you begin, answer or are named in appear here.`,
  unread: t`You have read every thread that you follow.`,
  all: t`Nobody has answered in a thread yet.`,
});

/** Threads by latest reply: of one room, or of all. */
export function ThreadList({ roomId }: { roomId?: string }) {
  const [filter, setFilter] = useState<Filter>('following');
  const list = useInfiniteQuery({
    queryKey: ['threads', roomId ?? 'everywhere', filter],
    queryFn: ({ pageParam }) => {
      const query = { filter, limit: 30, ...(pageParam === undefined ? {} : { cursor: pageParam }) };
      return roomId === undefined ? client.messages.myThreads(query) : client.messages.threads(roomId, query);
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <SegmentedControl
        aria-label={t`Which threads`}
        data={[...filters()]}
        value={filter}
        onChange={(value) => setFilter(value as Filter)}
      />
      {list.isPending && <PanelSkeleton />}
      {list.isError && (
        <Problem
          title={t`Threads cannot be shown`}
          detail={problemText(list.error)}
          action={t`Try again`}
          onAction={() => void list.refetch()}
        />
      )}
      {list.isSuccess && items.length === 0 && (
        <Problem icon={<IconMessageCircle size={22} stroke={1.7} />} title={t`No threads`} detail={nothing()[filter]} />
      )}
      <ul className={styles.list} aria-label={t`Threads`}>
        {items.map((thread) => (
          <ThreadItem key={thread.root.id} thread={thread} namesRoom={roomId === undefined} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
    </>
  );
}

function ThreadItem({ thread, namesRoom }: { thread: Thread; namesRoom: boolean }) {
  const { root, unread, following, participants, lastReplyAt } = thread;
  const room = useRooms().find(({ id }) => id === root.roomId);
  return (
    <li className={styles.item}>
      <header>
        <MessageAuthor message={root} size={24} className={styles.author} />
        {namesRoom && <span className={styles.room}>{room?.name}</span>}
        {unread > 0 && <span className={styles.unread}>{t`${unread > 999 ? '999+' : unread} new`}</span>}
      </header>
      {root.deletedAt ? <p className={styles.gone}>{t`This message was deleted.`}</p> : <MessageBody message={root} />}
      <footer>
        <Link to={`/rooms/${root.roomId}/thread/${root.id}`}>{plural(root.replyCount, { one: '# reply', other: '# replies' })}</Link>
        <button type="button" onClick={() => followThread(root.roomId, root.id, !following)}>
          {following ? t`Unfollow` : t`Follow`}
        </button>
        {participants.map((userId) => (
          <Avatar key={userId} userId={userId} size={18} />
        ))}
        <span className={styles.time}>
          <Trans>
            last <Time at={lastReplyAt} />
          </Trans>
        </span>
      </footer>
    </li>
  );
}
