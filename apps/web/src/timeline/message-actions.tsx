import { t } from '@lingui/core/macro';
import type { Message } from '@atrium/contracts';
import { IconDots, IconLink, IconMessageCircle, IconMoodPlus, IconPin, IconPinnedOff, IconMailOpened } from '@tabler/icons-react';
import { type ReactNode, Suspense, lazy, useState, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import { Tip } from '../kit/tip.tsx';
import { toggleReaction } from '../reactions/react.ts';
import { atHand, recent } from '../reactions/recent.ts';
import { type JoinedRoom, isModerator } from '../room/joined-room.ts';
import { copyMessageLink, markUnreadFrom, togglePin } from '../messages/acts.ts';
import styles from './message-actions.module.css';

const EmojiPicker = lazy(() => import('../reactions/emoji-picker.tsx').then((m) => ({ default: m.EmojiPicker })));
const MessageMenu = lazy(() => import('../changes/message-menu.tsx').then((m) => ({ default: m.MessageMenu })));

type MessageActionsProps = { message: Message; room: JoinedRoom; inThread: boolean };

/** What can be done with a message; shows on hover and focus. */
export function MessageActions({ message, room, inThread }: MessageActionsProps) {
  const navigate = useNavigate();
  if (message.deletedAt) return null;
  const pinned = message.pinnedAt !== undefined;
  return (
    <div className={styles.actions} role="toolbar" aria-label={t`Message actions`}>
      <React message={message} />
      {!inThread && (
        <Action
          label={t`Reply in thread`}
          icon={<IconMessageCircle size={17} stroke={1.7} />}
          act={() => void navigate(`/rooms/${room.id}/thread/${message.id}`)}
        />
      )}
      {isModerator(room) && (
        <Action
          label={pinned ? t`Unpin` : t`Pin`}
          icon={pinned ? <IconPinnedOff size={17} stroke={1.7} /> : <IconPin size={17} stroke={1.7} />}
          act={() => togglePin(message)}
          signOnly
        />
      )}
      <Action label={t`Copy link`} icon={<IconLink size={17} stroke={1.7} />} act={() => copyMessageLink(message)} signOnly />
      {!inThread && (
        <Action
          label={t`Mark unread from here`}
          icon={<IconMailOpened size={17} stroke={1.7} />}
          act={() => markUnreadFrom(message)}
          signOnly
        />
      )}
      <More message={message} room={room} inThread={inThread} />
    </div>
  );
}

/** The three emoji used last, and all others. */
function React({ message }: { message: Message }) {
  const [open, setOpen] = useState(false);
  const used = useSyncExternalStore(recent.subscribe, recent.snapshot);
  const button = <Action label={t`React`} icon={<IconMoodPlus size={17} stroke={1.7} />} act={() => setOpen(true)} />;
  return (
    <>
      {atHand(used).map((sign) => (
        <button
          key={sign}
          type="button"
          className={styles.quick}
          aria-label={t`React with ${sign}`}
          onClick={() => toggleReaction(message, sign)}
        >
          {sign}
        </button>
      ))}
      {open ? (
        <Suspense fallback={button}>
          <EmojiPicker onPick={(sign) => toggleReaction(message, sign)} />
        </Suspense>
      ) : (
        button
      )}
    </>
  );
}

/** The menu arrives when it is opened first. */
function More({ message, room, inThread }: MessageActionsProps) {
  const [open, setOpen] = useState(false);
  const button = <Action label={t`More actions`} icon={<IconDots size={17} stroke={1.7} />} act={() => setOpen(true)} />;
  if (!open) return button;
  return (
    <Suspense fallback={button}>
      <MessageMenu message={message} room={room} inThread={inThread} />
    </Suspense>
  );
}

/** `signOnly`: left out where nothing can hover; the menu has it by name. */
function Action({ label, icon, act, signOnly }: { label: string; icon: ReactNode; act: () => void; signOnly?: boolean }) {
  return (
    <Tip label={label} place="above">
      <button type="button" className={signOnly ? styles.signOnly : undefined} aria-label={label} onClick={act}>
        {icon}
      </button>
    </Tip>
  );
}
