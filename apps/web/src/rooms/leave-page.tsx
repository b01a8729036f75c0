import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import type { Member, RoomRole } from '@atrium/contracts';
import { useState } from 'react';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { showToast } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { PageSkeleton } from '../kit/loading.tsx';
import { live } from '../live/live.ts';
import { useMembers } from '../people/use-members.ts';
import { Avatar } from '../people/avatar.tsx';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import { BackLink } from '../kit/back-link.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import styles from '../kit/page.module.css';
import { useRoomAccess } from './use-room.ts';

export function LeavePage() {
  const { roomId = '' } = useParams();
  const access = useRoomAccess(roomId);
  if (access.name === 'loading') return <PageSkeleton />;
  if (access.name !== 'member') return <Navigate to="/rooms" replace />;
  return (
    <div className={styles.page}>
      <BackLink to={`/rooms/${roomId}`}>{t`Back to the room`}</BackLink>
      <h1>{t`Leave ${access.room.name}?`}</h1>
      {access.room.me.role === 'host' ? <LeaveAsHost room={access.room} /> : <LeaveAsMember room={access.room} />}
    </div>
  );
}

function LeaveAsMember({ room }: { room: JoinedRoom }) {
  const goesFast = room.visibility === 'private' || room.locked || room.hasPassword;
  return (
    <>
      <p className={styles.lead}>
        {goesFast
          ? t`Your messages stay. To come back you will have to be let in again.`
          : t`Your messages stay. You can come back at any time.`}
      </p>
      <LeaveForm room={room} successorId={undefined} />
    </>
  );
}

/** The host names who takes over, or leaves it to the room's rule. */
function LeaveAsHost({ room }: { room: JoinedRoom }) {
  const me = useMe();
  const [successorId, setSuccessorId] = useState<string>();
  const { members, isPending } = useMembers(room.id);
  const others = members.filter((member) => member.id !== me.id);
  if (isPending) return <PageSkeleton />;
  if (others.length === 0) {
    return (
      <>
        <p
          className={styles.lead}
        >{t`You are the last one here. When you leave, the room is archived: nobody can write in it any more.`}</p>
        <LeaveForm room={room} successorId={undefined} />
      </>
    );
  }
  return (
    <>
      <p className={styles.lead}>
        {t`You are the host. Choose who takes over, or let the room decide: the longest-serving moderator who is online comes first.`}
      </p>
      <fieldset className={styles.fieldset}>
        <legend className={styles.legend}>{t`Next host`}</legend>
        <div className={styles.choices} role="radiogroup" aria-label={t`Next host`}>
          <label className={styles.choice}>
            <input type="radio" name="successor" checked={successorId === undefined} onChange={() => setSuccessorId(undefined)} />
            <span className={styles.choiceText}>{t`Let the room decide`}</span>
          </label>
          {others.map((member) => (
            <Successor
              key={member.id}
              member={member}
              hasNamesake={others.some(({ id, displayName }) => id !== member.id && displayName === member.displayName)}
              chosen={member.id === successorId}
              choose={() => setSuccessorId(member.id)}
            />
          ))}
        </div>
      </fieldset>
      <br />
      <LeaveForm room={room} successorId={successorId} />
    </>
  );
}

type SuccessorProps = { member: Member; hasNamesake: boolean; chosen: boolean; choose: () => void };

/** Whoever has the name of somebody else here is told apart by their username. */
function Successor({ member, hasNamesake, chosen, choose }: SuccessorProps) {
  const handle = hasNamesake ? `@${member.username}` : undefined;
  return (
    <label className={styles.choice}>
      <input
        type="radio"
        name="successor"
        checked={chosen}
        onChange={choose}
        aria-label={[member.displayName, handle].filter(Boolean).join(', ')}
      />
      <Avatar userId={member.id} size={32} showStatus />
      <span className={styles.choiceText}>
        {member.displayName}
        <small>{[handle, roleNames()[member.role]].filter(Boolean).join(' · ')}</small>
      </span>
    </label>
  );
}

function LeaveForm({ room, successorId }: { room: JoinedRoom; successorId: string | undefined }) {
  const navigate = useNavigate();
  const form = useForm(async () => {
    await client.rooms.leave(room.id, successorId ? { successorId } : {});
    void navigate('/rooms', { replace: true });
    live.left(room.id);
    showToast(t`You left ${room.name}.`);
  });
  return (
    <form className={styles.form} onSubmit={form.submit}>
      {form.failure && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
      <div className={styles.actions}>
        <Button type="submit" color="red" loading={form.busy}>
          {t`Leave room`}
        </Button>
        <Button component={Link} to={`/rooms/${room.id}`} variant="default">
          {t`Stay`}
        </Button>
      </div>
    </form>
  );
}

const roleNames = (): Record<RoomRole, string> => ({ host: t`Host`, moderator: t`Moderator`, member: t`Member` });
