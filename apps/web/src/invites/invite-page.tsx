import { t } from '@lingui/core/macro';
import { AtriumError } from '@atrium/client';
import type { InvitePreview, InviteProblem } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { IconMailOpened } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { useForm } from '../kit/use-form.ts';
import { PageSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';
import { AuthCard } from '../session/auth-card.tsx';
import { useSession } from '../session/use-session.ts';
import styles from '../kit/page.module.css';
import { problemText } from '../language/problem-text.ts';

const problems = (): Record<InviteProblem, string> => ({
  expired: t`This invite has expired. Ask for a new one.`,
  used_up: t`This invite has been used as often as it may be. Ask for a new one.`,
  revoked: t`This invite was taken back.`,
  room_archived: t`The room is archived: nobody writes in it any more.`,
  room_locked: t`The room is locked: nobody new can join for now. The invite works again once it is unlocked.`,
  room_full: t`The room is full for now.`,
});

/** Where an invite's link leads, signed in or not. */
export function InvitePage() {
  const { code = '' } = useParams();
  const state = useSession();
  const preview = useQuery({ queryKey: ['invite', code], queryFn: () => client.entrance.preview(code), retry: false });
  if (preview.error) {
    const error = AtriumError.from(preview.error);
    if (error.code === 'invite_not_found')
      return (
        <Problem isPage title={t`This invite does not exist`} detail={t`Its link may be cut off. Ask for it once more.`}>
          <Link to="/rooms">{t`Go to your rooms`}</Link>
        </Problem>
      );
    return (
      <Problem
        isPage
        title={t`The invite cannot be shown`}
        detail={problemText(error)}
        action={t`Try again`}
        onAction={() => void preview.refetch()}
      />
    );
  }
  if (!preview.data || state.name === 'unknown') return <PageSkeleton />;
  const invite = preview.data;
  return (
    <AuthCard title={t`Join ${invite.name}`} footer={state.name === 'signed_in' && <Link to="/rooms">{t`Go to your rooms`}</Link>}>
      <p className={styles.lead}>{invite.topic || t`You are invited to this room.`}</p>
      {invite.problem && (
        <p className={styles.notice} role="alert">
          {problems()[invite.problem]}
        </p>
      )}
      {state.name === 'signed_in' ? <Accept invite={invite} code={code} /> : invite.valid && <SignInFirst code={code} />}
    </AuthCard>
  );
}

function Accept({ invite, code }: { invite: InvitePreview; code: string }) {
  const navigate = useNavigate();
  const form = useForm(async () => {
    const outcome = await client.rooms.join(invite.roomId, { inviteCode: code });
    if ('status' in outcome) return navigate(`/rooms/${invite.roomId}/waiting`, { replace: true });
    live.joined(outcome.room);
    return navigate(`/rooms/${invite.roomId}`, { replace: true });
  });
  return (
    <div className={styles.actions}>
      {form.failure && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
      {invite.valid && (
        <Button leftSection={<IconMailOpened size={18} />} loading={form.busy} onClick={() => form.submit()}>
          {t`Join room`}
        </Button>
      )}
      {/* Who is in it comes in by a good invite as well. */}
      {!invite.valid && <Link to={`/rooms/${invite.roomId}`}>{t`I am in it already`}</Link>}
    </div>
  );
}

/** Signing in, or up, leads back here. */
function SignInFirst({ code }: { code: string }) {
  const next = `?next=${encodeURIComponent(`/invite/${code}`)}`;
  return (
    <div className={styles.actions}>
      <Button component={Link} to={`/register${next}`}>
        {t`Create an account`}
      </Button>
      <Button component={Link} to={`/sign-in${next}`} variant="default">
        {t`Sign in`}
      </Button>
    </div>
  );
}
