import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconArrowLeft,
  IconBarrierBlock,
  IconBellOff,
  IconChevronDown,
  IconFiles,
  IconKey,
  IconLock,
  IconMessageCircle,
  IconPin,
  IconSearch,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Tip } from '../kit/tip.tsx';
import { useOnlineCount } from '../people/use-members.ts';
import { LevelButton } from '../notifications/level-button.tsx';
import { PersonButton } from '../people/person-button.tsx';
import { PersonName } from '../people/person-name.tsx';
import { Presence } from '../people/presence.tsx';
import { useOnlyOther } from '../direct/people.tsx';
import { RoomMenuButton } from '../rail/room-menu-button.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import styles from './room-header.module.css';
import type { RoomPlace } from '../room/room-place.ts';

/** Where we are, who is here, and the doors to what belongs to the room. */
export function RoomHeader({ room, place }: { room: JoinedRoom; place: RoomPlace }) {
  const onlineCount = useOnlineCount(room);
  const other = useOnlyOther(room);
  const isPhone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  return (
    <header className={styles.header}>
      <ActionIcon className={styles.back} component={Link} to="/rooms" aria-label={t`All rooms`} size={40}>
        <IconArrowLeft size={20} stroke={1.7} />
      </ActionIcon>
      <div className={styles.title}>
        <h1>
          <RoomMenuButton room={room} places={isPhone}>
            <button type="button" className={styles.menu} aria-label={t`${room.name}, what to do with it`}>
              <span className={styles.name}>{room.name}</span>
              <IconChevronDown size={14} stroke={2} aria-hidden />
            </button>
          </RoomMenuButton>
          {room.visibility === 'private' && room.kind !== 'direct' && <IconLock size={15} stroke={1.8} aria-label={t`private`} />}
          {room.hasPassword && <IconKey size={15} stroke={1.8} aria-label={t`has a password`} />}
          {room.locked && <IconBarrierBlock size={15} stroke={1.8} aria-label={t`locked`} />}
          {isPhone && room.me.notify === 'nothing' && <IconBellOff size={15} stroke={1.8} aria-label={t`muted`} />}
        </h1>
        <p className={styles.about}>
          {room.topic && <span className={styles.topic}>{room.topic}</span>}
          {room.hostId && (
            <span className={styles.host}>
              <Trans>
                Host{' '}
                <PersonButton userId={room.hostId} roomId={room.id}>
                  <PersonName userId={room.hostId} />
                </PersonButton>
              </Trans>
            </span>
          )}
          {room.actingHostId && (
            <span className={styles.host}>
              <Trans>
                <PersonName userId={room.actingHostId} /> acts while the host is away
              </Trans>
            </span>
          )}
          {other ? (
            <Presence userId={other.id} />
          ) : (
            <span className={styles.online}>
              <i aria-hidden />
              {t`${onlineCount} online`}
            </span>
          )}
        </p>
      </div>
      <nav className={styles.doors} aria-label={t`In this room`}>
        <LevelButton room={room} />
        <Door
          room={room}
          place={place}
          to="search"
          query="?here=1"
          label={t`Search in this room`}
          icon={<IconSearch size={18} stroke={1.7} />}
        />
        <Door room={room} place={place} to="threads" label={t`Threads`} icon={<IconMessageCircle size={18} stroke={1.7} />} />
        <Door room={room} place={place} to="pins" label={t`Pins`} icon={<IconPin size={18} stroke={1.7} />} />
        <Door room={room} place={place} to="files" label={t`Files`} icon={<IconFiles size={18} stroke={1.7} />} />
        <Door
          room={room}
          place={place}
          to="members"
          label={t`Members`}
          icon={<IconUsers size={18} stroke={1.7} />}
          count={room.memberCount}
        />
        <Door room={room} place={place} to="settings" label={t`Settings`} icon={<IconSettings size={18} stroke={1.7} />} />
      </nav>
    </header>
  );
}

type DoorProps = {
  room: JoinedRoom;
  place: RoomPlace;
  to: 'threads' | 'search' | 'pins' | 'files' | 'members' | 'settings';
  label: string;
  icon: ReactNode;
  count?: number;
  query?: string;
};

/** Opens a panel; once more closes it. */
function Door({ room, place, to, label, icon, count, query = '' }: DoorProps) {
  const open = place.name === to;
  return (
    <Tip label={label}>
      <Link
        className={styles.door}
        to={open ? `/rooms/${room.id}` : `/rooms/${room.id}/${to}${query}`}
        aria-label={count === undefined ? label : `${label} ${count}`}
        aria-current={open ? 'true' : undefined}
        data-keeps={to === 'search' || to === 'members' || undefined}
      >
        {icon}
        {count !== undefined && <span className={styles.count}>{count}</span>}
      </Link>
    </Tip>
  );
}
