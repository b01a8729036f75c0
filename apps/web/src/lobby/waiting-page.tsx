import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { AtriumError } from '@atrium/client';
import { Button } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { queryClient } from '../kit/query-client.ts';
import { useForm } from '../kit/use-form.ts';
import { PageSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { useRooms } from '../live/use-live.ts';
import styles from '../kit/page.module.css';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import { useOutcome } from './use-lobby.ts';
import { problemText } from '../language/problem-text.ts';

/** Waiting to be let in: turns into the room by itself. What is missed while offline is asked for again. */
const ASK_EVERY_MS = 15_000;

export function WaitingPage() {
  const { roomId = '' } = useParams();
  const isIn = useRooms().some((room) => room.id === roomId);
  const outcome = useOutcome(roomId);
  const request = useQuery({
    queryKey: ['waiting', roomId],
    queryFn: () => client.entrance.ownRequest(roomId),
    refetchInterval: ASK_EVERY_MS,
    retry: false,
  });
  if (isIn) return <Navigate to={`/rooms/${roomId}`} replace />;
  // The room itself is on its way.
  if (outcome === 'admitted') return <PageSkeleton />;
  if (outcome === 'denied')
    return <Over title={t`You were not let in`} detail={t`A moderator turned your request down.`} roomId={roomId} />;
  if (outcome === 'lapsed' || (request.error && AtriumError.from(request.error).code === 'not_waiting'))
    return <Over title={t`Nobody answered in time`} detail={t`Your request has ended. You can ask again.`} roomId={roomId} />;
  if (request.error) {
    const detail = problemText(request.error);
    return (
      <Problem
        isPage
        title={t`Your request cannot be shown`}
        detail={detail}
        action={t`Try again`}
        onAction={() => void request.refetch()}
      />
    );
  }
  if (!request.data) return <PageSkeleton />;
  const { room, requestedAt } = request.data;
  return (
    <div className={styles.page} role="status" aria-label={t`Waiting`}>
      <IconHourglass size={28} stroke={1.6} aria-hidden />
      <h1>{room.name}</h1>
      <p className={styles.lead}>{room.topic || t`This room has no topic yet.`}</p>
      <p className={styles.notice}>
        <Trans>
          You asked to come in <Time at={requestedAt} />. A moderator lets you in; this page then opens the room.
        </Trans>
      </p>
      <Withdraw roomId={roomId} />
    </div>
  );
}

function Withdraw({ roomId }: { roomId: string }) {
  const navigate = useNavigate();
  const form = useForm(async () => {
    await client.entrance.withdraw(roomId);
    queryClient.removeQueries({ queryKey: ['waiting', roomId] });
    await navigate('/rooms');
  });
  return (
    <div className={styles.actions}>
      <Button variant="default" loading={form.busy} onClick={() => form.submit()}>
        {t`Stop waiting`}
      </Button>
      {form.failure && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
    </div>
  );
}

function Over({ title, detail, roomId }: { title: string; detail: string; roomId: string }) {
  return (
    <Problem isPage title={title} detail={detail} icon={<IconHourglass size={24} stroke={1.6} />}>
      <Button component={Link} to={`/rooms/${roomId}/join`} variant="default">
        {t`Ask again`}
      </Button>
      <Link to="/rooms">{t`Go to your rooms`}</Link>
    </Problem>
  );
}
