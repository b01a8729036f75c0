import { t } from '@lingui/core/macro';
import type { Notification } from '@atrium/contracts';
import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { showError } from '../kit/toasts.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { usePerson, useRooms } from '../live/use-live.ts';
import { Avatar, SenderPicture } from '../people/avatar.tsx';
import { BackLink } from '../kit/back-link.tsx';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import styles from './notifications.module.css';
import { placeOf } from './ring.ts';
import { sayWhy } from './reasons.ts';
import { problemText } from '../language/problem-text.ts';

const filters = () =>
  [
    { value: 'all', label: t`All` },
    { value: 'unread', label: t`Unread` },
    { value: 'mentions', label: t`Mentions` },
    { value: 'threads', label: t`Threads` },
  ] as const;
type Filter = ReturnType<typeof filters>[number]['value'];

/** What one was told of, newest first. */
export function NotificationsPage() {
  const [filter, setFilter] = useState<Filter>('all');
  const list = useInfiniteQuery({
    queryKey: ['notifications', filter],
    queryFn: ({ pageParam }) =>
      client.notifications.list({ ...(filter === 'all' ? {} : { filter }), ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.page}>
      <BackLink to="/rooms">{t`All rooms`}</BackLink>
      <div className={styles.head}>
        <h1>{t`Notifications`}</h1>
        <Button variant="default" size="xs" onClick={() => void client.notifications.read().catch(showError)}>
          {t`Mark all as read`}
        </Button>
      </div>
      <SegmentedControl
        data={[...filters()]}
        value={filter}
        onChange={(value) => setFilter(value as Filter)}
        aria-label={t`Which to show`}
      />
      {list.isPending && <PanelSkeleton />}
      {list.isError && (
        <Problem
          title={t`Notifications cannot be shown`}
          detail={problemText(list.error)}
          action={t`Try again`}
          onAction={() => void list.refetch()}
        />
      )}
      {list.isSuccess && items.length === 0 && <p className={styles.none}>{t`Nothing here. What concerns you appears here.`}</p>}
      <ul className={styles.list}>
        {items.map((notification) => (
          <NotificationRow key={notification.id} notification={notification} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" size="xs" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
    </div>
  );
}

function NotificationRow({ notification }: { notification: Notification }) {
  const author = usePerson(notification.actorId);
  const { sender } = notification;
  const room = useRooms().find(({ id }) => id === notification.roomId);
  const isUnread = notification.readAt === undefined;
  return (
    <li>
      <Link
        to={placeOf(notification)}
        className={styles.row}
        data-unread={isUnread || undefined}
        onClick={() => isUnread && void client.notifications.readOne(notification.id).catch(showError)}
      >
        {sender ? <SenderPicture {...sender} /> : <Avatar userId={notification.actorId} />}
        <span className={styles.text}>
          <span className={styles.why}>
            {sayWhy(sender?.name ?? author?.displayName ?? t`Someone`, notification.reasons)}
            {room && room.kind === 'room' && <>{t` in ${room.name}`}</>}
          </span>
          <span className={styles.excerpt}>{notification.excerpt}</span>
        </span>
        <small className={styles.time}>
          <Time at={notification.at} />
        </small>
      </Link>
    </li>
  );
}
