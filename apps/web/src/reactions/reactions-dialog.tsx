import { t } from '@lingui/core/macro';
import type { Message } from '@atrium/contracts';
import { Button, Modal } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Avatar } from '../people/avatar.tsx';
import { PersonButton } from '../people/person-button.tsx';
import { PersonName } from '../people/person-name.tsx';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import styles from './reactions-dialog.module.css';
import { problemText } from '../language/problem-text.ts';

/** Everybody who reacted to a message, by emoji. */
export function ReactionsDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { roomId, id } = message;
  const list = useInfiniteQuery({
    queryKey: ['reactions', roomId, id, message.reactions],
    queryFn: ({ pageParam }) => client.messages.reactions(roomId, id, pageParam === undefined ? {} : { cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Modal opened onClose={onClose} title={t`Who reacted`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <ul className={styles.people} aria-label={t`Who reacted`}>
        {items.map(({ emoji, userId, at }) => (
          <li key={`${emoji} ${userId}`}>
            <span>{emoji}</span>
            <Avatar userId={userId} size={24} />
            <PersonButton userId={userId} roomId={roomId}>
              <PersonName userId={userId} className={styles.name} />
            </PersonButton>
            <Time at={at} className={styles.time} />
          </li>
        ))}
      </ul>
      {list.isPending && <PanelSkeleton />}
      {list.isError && <p role="alert">{problemText(list.error)}</p>}
      {list.hasNextPage && (
        <Button variant="subtle" size="xs" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
    </Modal>
  );
}
