import type { Message } from '@atrium/contracts';
import { IconLink, IconMessageCircle, IconPin, IconPinnedOff, IconMailOpened } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Tip } from '../layout/tip.tsx';
import { type JoinedRoom, isModerator } from '../rooms/joined-room.ts';
import { copyMessageLink, markUnreadFrom, togglePin } from './acts.ts';
import styles from './message-actions.module.css';

type MessageActionsProps = { message: Message; room: JoinedRoom; inThread: boolean };

/** What can be done with a message; shows on hover and focus. */
export function MessageActions({ message, room, inThread }: MessageActionsProps) {
  const navigate = useNavigate();
  if (message.deletedAt) return null;
  const pinned = message.pinnedAt !== undefined;
  return (
    <div className={styles.actions} role="toolbar" aria-label="Message actions">
      {!inThread && (
        <Action
          label="Reply in thread"
          icon={<IconMessageCircle size={17} stroke={1.7} />}
          act={() => void navigate(`/rooms/${room.id}/thread/${message.id}`)}
        />
      )}
      {isModerator(room) && (
        <Action
          label={pinned ? 'Unpin' : 'Pin'}
          icon={pinned ? <IconPinnedOff size={17} stroke={1.7} /> : <IconPin size={17} stroke={1.7} />}
          act={() => togglePin(message)}
        />
      )}
      <Action label="Copy link" icon={<IconLink size={17} stroke={1.7} />} act={() => copyMessageLink(message)} />
      {!inThread && (
        <Action label="Mark unread from here" icon={<IconMailOpened size={17} stroke={1.7} />} act={() => markUnreadFrom(message)} />
      )}
    </div>
  );
}

function Action({ label, icon, act }: { label: string; icon: ReactNode; act: () => void }) {
  return (
    <Tip label={label} place="above">
      <button type="button" aria-label={label} onClick={act}>
        {icon}
      </button>
    </Tip>
  );
}
