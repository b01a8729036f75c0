import { plural, t } from '@lingui/core/macro';
import type { Room } from '@atrium/contracts';
import { Trans } from '@lingui/react/macro';
import { Button, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBarrierBlock, IconKey, IconMessages, IconPlus, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Problem } from '../kit/problem.tsx';
import { live } from '../live/live.ts';
import { useRooms } from '../live/use-live.ts';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import styles from './rooms-page.module.css';
import { problemText } from '../language/problem-text.ts';

/** The way to rooms one is not in yet. */
export function RoomsPage() {
  const [query, setQuery] = useState('');
  const [wanted] = useDebouncedValue(query.trim(), 200);
  const joined = useRooms();
  const found = useInfiniteQuery({
    queryKey: ['discover', wanted],
    queryFn: ({ pageParam }) => client.rooms.list({ scope: 'discover', query: wanted, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
    staleTime: 5000,
  });
  const rooms = found.data?.pages.flatMap((page) => page.items).filter((room) => !joined.some((one) => one.id === room.id)) ?? [];
  const isFirstVisit = live.rooms.loaded && joined.length === 0;
  return (
    <div className={styles.page}>
      {isFirstVisit && <Welcome />}
      <div className={styles.head}>
        <h1>{t`Discover rooms`}</h1>
        <Button component={Link} to="/rooms/create" leftSection={<IconPlus size={16} />} variant={isFirstVisit ? 'default' : 'filled'}>
          {t`Create a room`}
        </Button>
      </div>
      <TextInput
        aria-label={t`Search rooms`}
        placeholder={t`Search by name or topic`}
        leftSection={<IconSearch size={16} />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        className={styles.search}
      />
      {found.isPending && <CardSkeletons />}
      {found.isError && (
        <Problem
          title={t`Rooms cannot be listed`}
          detail={problemText(found.error)}
          action={t`Try again`}
          onAction={() => void found.refetch()}
        />
      )}
      {found.isSuccess && rooms.length === 0 && (
        <Problem
          title={wanted ? t`No room matches` : t`Nothing to discover right now`}
          detail={
            wanted
              ? t`No public room you are not in matches “${wanted}”.`
              : t`Every public room here is one you are in. You can open a new one.`
          }
          icon={<IconSearch size={22} stroke={1.7} />}
        />
      )}
      <ul className={styles.cards} aria-label={t`Rooms to discover`}>
        {rooms.map((room) => (
          <RoomCard key={room.id} room={room} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
    </div>
  );
}

function Welcome() {
  return (
    <section className={styles.welcome} aria-label={t`Welcome`}>
      <span className={styles.welcomeIcon} aria-hidden>
        <IconMessages size={26} stroke={1.6} />
      </span>
      <div>
        <h2>{t`Welcome to Atrium`}</h2>
        <p>
          {t`Rooms are where people talk, share files and ask those files questions. Join one below, or create your own and share its link; a private one also needs a password to let others in.`}
        </p>
        <Button component={Link} to="/rooms/create" leftSection={<IconPlus size={16} />}>
          {t`Create your first room`}
        </Button>
      </div>
    </section>
  );
}

function CardSkeletons() {
  return (
    <div className={styles.cards} role="status" aria-busy="true" aria-label={t`Loading`}>
      {[1, 2, 3, 4].map((key) => (
        <div key={key} className={styles.skeleton}>
          <Skeleton height={12} width="45%" radius={6} />
          <Skeleton height={10} width="80%" radius={5} />
          <Skeleton height={10} width="30%" radius={5} />
        </div>
      ))}
    </div>
  );
}

/** A room seen from outside. */
function RoomCard({ room }: { room: Room }) {
  return (
    <li>
      <Link to={`/rooms/${room.id}/join`} className={styles.card}>
        <span className={styles.name}>
          {room.name}
          {room.hasPassword && <IconKey size={14} stroke={1.8} aria-label={t`has a password`} />}
          {room.locked && <IconBarrierBlock size={14} stroke={1.8} aria-label={t`locked`} />}
        </span>
        <span className={styles.topic}>{room.topic || room.description || t`No topic yet`}</span>
        <span className={styles.foot}>
          <span>{plural(room.memberCount, { one: '# member', other: '# members' })}</span>
          <span>{t`${room.onlineCount} online`}</span>
          <span>
            <Trans>
              active <Time at={room.lastMessage?.createdAt ?? room.createdAt} />
            </Trans>
          </span>
        </span>
      </Link>
    </li>
  );
}
