import { t } from '@lingui/core/macro';
import type { Ban } from '@atrium/contracts';
import { Button, Modal } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryClient } from '../kit/query-client.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { longMoment } from '../time/format.ts';
import styles from '../people/members.module.css';
import { problemText } from '../language/problem-text.ts';

/** Who is kept out, and letting them come back. */
export function BansDialog({ room }: { room: JoinedRoom }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="subtle" color="gray" fullWidth leftSection={<IconBan size={16} />} onClick={() => setOpen(true)}>
        {t`Banned people`}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={t`Banned people`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <Bans room={room} />
      </Modal>
    </>
  );
}

function Bans({ room }: { room: JoinedRoom }) {
  const found = useInfiniteQuery({
    queryKey: ['bans', room.id],
    queryFn: ({ pageParam }) => client.moderation.bans(room.id, pageParam === undefined ? {} : { cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: 0,
  });
  if (found.isPending) return <PanelSkeleton />;
  if (found.isError) {
    const detail = problemText(found.error);
    return <Problem title={t`Bans cannot be shown`} detail={detail} action={t`Try again`} onAction={() => void found.refetch()} />;
  }
  const bans = found.data.pages.flatMap((page) => page.items);
  if (bans.length === 0) return <p className={styles.hint}>{t`Nobody is banned from this room.`}</p>;
  return (
    <>
      <ul className={styles.list} aria-label={t`Bans`}>
        {bans.map((ban) => (
          <BanRow key={ban.id} ban={ban} roomId={room.id} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" fullWidth onClick={() => void found.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
    </>
  );
}

function BanRow({ ban, roomId }: { ban: Ban; roomId: string }) {
  const unban = (): void =>
    void client.moderation
      .unban(roomId, ban.id)
      .then(() => showToast(t`${ban.displayName} may come back.`), showError)
      .finally(() => void queryClient.invalidateQueries({ queryKey: ['bans', roomId] }));
  return (
    <li className={styles.row}>
      <span className={styles.text}>
        <span className={styles.name}>{ban.displayName}</span>
        <span className={styles.detail}>{termOf(ban)}</span>
        {ban.reason && <span className={styles.reason}>{ban.reason}</span>}
      </span>
      <Button size="compact-sm" variant="default" aria-label={t`Lift the ban on ${ban.displayName}`} onClick={unban}>
        {t`Lift the ban`}
      </Button>
    </li>
  );
}

const termOf = ({ until }: Ban): string => (until ? t`until ${longMoment(new Date(until))}` : t`for good`);
