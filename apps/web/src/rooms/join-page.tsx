import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, PasswordInput } from '@mantine/core';
import { IconBarrierBlock, IconHourglass, IconKey, IconUsers } from '@tabler/icons-react';
import type { Room } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useNavigate, useParams, useSearchParams } from 'react-router';
import { useForm } from '../kit/use-form.ts';
import { PageSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';
import { BackLink } from '../kit/back-link.tsx';
import styles from '../kit/page.module.css';
import { useRoomAccess } from './use-room.ts';
import { problemText } from '../language/problem-text.ts';

/** The way into a room. A private room shows nothing of itself before the password is right. */
export function JoinPage() {
  const { roomId = '' } = useParams();
  const access = useRoomAccess(roomId);
  const isWaiting = useQuery({
    queryKey: ['asked-to-join', roomId],
    queryFn: () => client.entrance.ownRequest(roomId),
    enabled: access.name === 'outside' && access.room.lobby,
    retry: false,
    // What was so at an earlier visit says nothing: the request may have been turned down since.
    gcTime: 0,
  }).isSuccess;
  if (access.name === 'loading') return <PageSkeleton />;
  if (isWaiting && access.name !== 'member') return <Navigate to={`/rooms/${roomId}/waiting`} replace />;
  if (access.name === 'member') return <Navigate to={`/rooms/${roomId}`} replace />;
  if (access.name === 'failed') {
    return <Problem title={t`The room cannot be shown`} detail={problemText(access.error)} action={t`Try again`} onAction={access.retry} />;
  }
  return (
    <div className={styles.page}>
      <BackLink to="/rooms">{t`All rooms`}</BackLink>
      {access.name === 'outside' ? <About room={access.room} /> : <HiddenRoom />}
      <JoinForm roomId={roomId} room={access.name === 'outside' ? access.room : undefined} />
    </div>
  );
}

function About({ room }: { room: Room }) {
  return (
    <>
      <h1>{room.name}</h1>
      <p className={styles.lead}>{room.topic || room.description || t`This room has no topic yet.`}</p>
      <ul className={styles.facts}>
        <li>
          <IconUsers size={16} stroke={1.8} aria-hidden />
          {plural(room.memberCount, { one: '# member', other: '# members' })}
          {t`, ${room.onlineCount} online`}
        </li>
        {room.hasPassword && (
          <li>
            <Trans>
              <IconKey size={16} stroke={1.8} aria-hidden /> Asks for a password
            </Trans>
          </li>
        )}
        {room.lobby && (
          <li>
            <Trans>
              <IconHourglass size={16} stroke={1.8} aria-hidden /> A moderator lets people in
            </Trans>
          </li>
        )}
        {room.locked && (
          <li>
            <Trans>
              <IconBarrierBlock size={16} stroke={1.8} aria-hidden /> Locked
            </Trans>
          </li>
        )}
      </ul>
    </>
  );
}

function HiddenRoom() {
  return (
    <>
      <h1>{t`Join a private room`}</h1>
      <p className={styles.lead}>
        {t`If the address is right, its password lets you in. Without a password, ask one of its people for an invite.`}
      </p>
    </>
  );
}

function JoinForm({ roomId, room }: { roomId: string; room: Room | undefined }) {
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  // From the link that a member copied: the room need not hide from whoever holds it.
  const linkKey = useSearchParams()[0].get('key') ?? undefined;
  const needsPassword = room === undefined || room.hasPassword;
  const form = useForm(async () => {
    const outcome = await client.rooms.join(roomId, { ...(password ? { password } : {}), ...(linkKey ? { linkKey } : {}) });
    if ('status' in outcome) return navigate(`/rooms/${roomId}/waiting`, { replace: true });
    live.joined(outcome.room);
    return navigate(`/rooms/${roomId}`, { replace: true });
  });
  const wrong = form.code === 'wrong_password' ? form.failure : undefined;
  const failure = form.code === 'room_not_found' ? t`There is no room here that this password opens.` : form.failure;

  if (room?.locked) return <p className={styles.notice}>{t`The room is locked: nobody new can join for now.`}</p>;
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      {needsPassword && (
        <PasswordInput
          label={t`Room password`}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={form.errorOf('password') ?? wrong}
          autoComplete="off"
          autoFocus
        />
      )}
      {failure && !wrong && (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
      <div className={styles.actions}>
        <Button type="submit" loading={form.busy} disabled={needsPassword && password === ''}>
          {room?.lobby ? t`Ask to join` : t`Join room`}
        </Button>
      </div>
    </form>
  );
}
