import { t } from '@lingui/core/macro';
import { type Room, webhookPostOf } from '@atrium/contracts';
import { IconBarrierBlock, IconBellOff, IconDots, IconHash, IconKey, IconLock, IconPencil, IconStarFilled } from '@tabler/icons-react';
import { memo, type MouseEvent, useSyncExternalStore } from 'react';
import { NavLink, useNavigate } from 'react-router';
import { showError } from '../kit/toasts.tsx';
import { draftPlaces, placeOf } from '../writing/drafts.ts';
import { PeopleAvatar, PeopleStatus } from '../direct/people.tsx';
import { RoomMenuButton } from './room-menu-button.tsx';
import { Time } from '../time/time.tsx';
import { usePerson } from '../live/use-live.ts';
import { useMe } from '../session/use-session.ts';
import { firstMention } from '../messages/first-mention.ts';
import { firstWords } from '../messages/read-text.ts';
import styles from './rail-room.module.css';

/** One room in the rail: what is new in it, at a glance. */
export const RailRoom = memo(function RailRoom({ room, detailed }: { room: Room; detailed: boolean }) {
  const hasDraft = useHasDraft(room.id);
  const toMention = useToMention(room);
  const unread = room.me?.unread ?? 0;
  const mentions = room.me?.mentions ?? 0;
  const threads = room.me?.threadUnread ?? 0;
  const quiet = room.me?.notify === 'nothing';
  const Sign = room.visibility === 'private' ? IconLock : room.hasPassword ? IconKey : IconHash;
  return (
    <li className={styles.row}>
      <NavLink
        to={`/rooms/${room.id}`}
        className={styles.room}
        data-unread={(unread > 0 && !quiet) || undefined}
        data-quiet={quiet || undefined}
        data-mentions={mentions > 0 || undefined}
      >
        {room.people ? <PeopleAvatar people={room.people} /> : <Sign size={16} stroke={1.8} aria-hidden className={styles.sign} />}
        <span className={styles.text}>
          <span className={styles.name}>
            {room.name} {room.people && <PeopleStatus people={room.people} />}
          </span>
          {detailed && room.lastMessage && <Preview room={room} message={room.lastMessage} />}
        </span>
        {room.me?.favourite && <IconStarFilled size={12} aria-label={t`favourite`} className={styles.sign} />}
        {room.locked && <IconBarrierBlock size={14} stroke={1.8} aria-label={t`locked`} className={styles.sign} />}
        {quiet && <IconBellOff size={14} stroke={1.8} aria-label={t`muted`} className={styles.sign} />}
        {hasDraft && <IconPencil size={14} stroke={1.8} aria-label={t`draft`} className={styles.draft} />}
        {threads > 0 && <span className={styles.thread} role="img" aria-label={t`${threads} new in threads`} />}
        {mentions > 0 ? (
          <span className={styles.badge} aria-label={t`${mentions} mentions`} title={t`Go to the first`} onClick={toMention}>
            {mentions > 99 ? '99+' : mentions}
          </span>
        ) : (
          unread > 0 && (
            <span className={styles.count} role="img" aria-label={t`${unread} unread`}>
              {unread > 999 ? '999+' : unread}
            </span>
          )
        )}
      </NavLink>
      {room.me && (
        <RoomMenuButton room={{ ...room, me: room.me }}>
          <button type="button" className={styles.menu} aria-label={t`What to do with ${room.name}`}>
            <IconDots size={16} stroke={1.8} aria-hidden />
          </button>
        </RoomMenuButton>
      )}
    </li>
  );
});

/** Whether something waits here to be sent. */
function useHasDraft(roomId: string): boolean {
  const place = placeOf(useMe().id, roomId);
  return useSyncExternalStore(draftPlaces.subscribe, () => draftPlaces.hasWithin(place));
}

/** A click on the number leads to what it counts; elsewhere the row leads to the room. */
function useToMention(room: Room): (event: MouseEvent) => void {
  const navigate = useNavigate();
  const me = useMe();
  return (event) => {
    event.preventDefault();
    void firstMention(room, me.id).then(
      (seq) => navigate(seq === undefined ? `/rooms/${room.id}` : `/rooms/${room.id}?at=${seq}`),
      showError,
    );
  };
}

function Preview({ room, message }: { room: Room; message: NonNullable<Room['lastMessage']> }) {
  const author = usePerson(message.authorId);
  const post = webhookPostOf(message);
  const name = post?.sender ?? author?.displayName;
  const text = firstWords(post?.body ?? message.body) || message.files.map((file) => file.name).join(', ');
  return (
    <span className={styles.preview}>
      <span className={styles.excerpt}>
        {name !== undefined && `${name}: `}
        {text}
      </span>
      <Time at={message.createdAt ?? room.createdAt} />
    </span>
  );
}
