import { t } from '@lingui/core/macro';
import { BOT_USER_ID } from '@atrium/contracts';
import { Button, Modal } from '@mantine/core';
import { IconClock, IconMessage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useNavigate } from 'react-router';
import { showError } from '../kit/toasts.tsx';
import { openDirect } from '../direct/message-person.tsx';
import { live } from '../live/live.ts';
import { usePerson, useRooms, useShownStatus } from '../live/use-live.ts';
import { MemberActions } from './member-actions.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import { Avatar } from '../people/avatar.tsx';
import type { AskedCard } from '../people/person-button.tsx';
import { Presence } from '../people/presence.tsx';
import { localTimeOf, untilText } from '../time/format.ts';
import styles from './person-card.module.css';

/** Who somebody is, what they are up to, and what one may do about it. */
export function PersonCard({ userId, roomId, onClose }: AskedCard & { onClose: () => void }) {
  const me = useMe();
  const person = usePerson(userId);
  useFresh(userId);
  const room = useRooms().find((one): one is JoinedRoom => one.id === roomId && one.me !== undefined && one.kind === 'room');
  const isOther = userId !== me.id && userId !== BOT_USER_ID;
  return (
    <Modal
      opened
      onClose={onClose}
      size={360}
      centered
      title={person?.displayName ?? t`Someone`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <div className={styles.head}>
        <Avatar userId={userId} size={64} showStatus />
        <div className={styles.facts}>
          <span className={styles.username}>@{person?.username}</span>
          <Presence userId={userId} />
          <LocalTime userId={userId} />
        </div>
      </div>
      <OwnWords userId={userId} />
      {isOther && <Shared userId={userId} onClose={onClose} />}
      {isOther && (
        <div className={styles.acts}>
          <Message userId={userId} onClose={onClose} />
          {room && person && <Moderation room={room} userId={userId} username={person.username} />}
        </div>
      )}
    </Modal>
  );
}

/** What was learned of somebody a while ago may have changed; an answer to an earlier card is not kept, since it may be older than what was told since. */
function useFresh(userId: string): void {
  const fresh = useQuery({ queryKey: ['person', userId], queryFn: () => client.users.byIds([userId]), gcTime: 0 });
  useEffect(() => {
    if (fresh.data) live.people.learn(fresh.data.items);
  }, [fresh.data]);
}

function LocalTime({ userId }: { userId: string }) {
  const { timeZone } = useShownStatus(userId);
  if (!timeZone) return null;
  return (
    <span className={styles.time} title={timeZone}>
      <IconClock size={14} aria-hidden />
      {t` ${localTimeOf(timeZone, new Date())} local time`}
    </span>
  );
}

function OwnWords({ userId }: { userId: string }) {
  const { statusEmoji, statusText, statusUntil } = useShownStatus(userId);
  if (!statusEmoji && !statusText) return null;
  return (
    <p className={styles.status} aria-label={t`Status`}>
      {statusEmoji} {statusText}
      {statusUntil && <small>{t` until ${untilText(statusUntil, new Date())}`}</small>}
    </p>
  );
}

function Shared({ userId, onClose }: { userId: string; onClose: () => void }) {
  const shared = useQuery({ queryKey: ['shared-rooms', userId], queryFn: () => client.users.sharedRooms(userId), staleTime: 10_000 });
  const items = shared.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label={t`Rooms you share`} className={styles.shared}>
      <h3>{t`Rooms you share`}</h3>
      <ul>
        {items.map(({ id, name }) => (
          <li key={id}>
            <Link to={`/rooms/${id}`} onClick={onClose}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Message({ userId, onClose }: { userId: string; onClose: () => void }) {
  const navigate = useNavigate();
  const write = async (): Promise<void> => {
    onClose();
    await navigate(await openDirect(userId));
  };
  return (
    <Button leftSection={<IconMessage size={16} />} onClick={() => void write().catch(showError)}>
      {t`Message`}
    </Button>
  );
}

function Moderation({ room, userId, username }: { room: JoinedRoom; userId: string; username: string }) {
  const members = useQuery({
    queryKey: ['members', room.id, 'card', userId],
    queryFn: () => client.rooms.members(room.id, { query: username, limit: 100 }),
  });
  const member = members.data?.items.find(({ id }) => id === userId);
  return member && <MemberActions room={room} member={member} isMe={false} />;
}
