import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { type Message, type WebhookPost, pollIdOf, webhookPostOf } from '@atrium/contracts';
import { IconMessageCircle, IconPinFilled } from '@tabler/icons-react';
import { Suspense, lazy, memo, useMemo, useSyncExternalStore } from 'react';
import { Link } from 'react-router';
import { EditedMark } from '../changes/edited-mark.tsx';
import { editing } from '../changes/editing.ts';
import { Attachments } from '../attachments/attachments.tsx';
import { usePerson } from '../live/use-live.ts';
import { Avatar, SenderPicture } from '../people/avatar.tsx';
import { SenderName } from '../people/message-author.tsx';
import { PersonButton } from '../people/person-button.tsx';
import { PersonName } from '../people/person-name.tsx';
import { linkedPlaces } from '../quotes/linked-places.ts';
import { StatusSign } from '../people/presence.tsx';
import { ReactionChips } from '../reactions/reaction-chips.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import { clockTime, exactTime } from '../time/format.ts';
import { Time } from '../time/time.tsx';
import { useMe } from '../session/use-session.ts';
import { MessageActions } from './message-actions.tsx';
import { MessageBody } from '../messages/message-body.tsx';
import { namesMe } from '../messages/names-me.ts';
import styles from './message-row.module.css';

const MessageEdit = lazy(() => import('../changes/message-edit.tsx').then((m) => ({ default: m.MessageEdit })));
const LinkedMessages = lazy(() => import('../quotes/linked-messages.tsx').then((m) => ({ default: m.LinkedMessages })));
const LinkPreviews = lazy(() => import('../previews/link-previews.tsx').then((m) => ({ default: m.LinkPreviews })));
const ThreadReference = lazy(() => import('./thread-reference.tsx').then((m) => ({ default: m.ThreadReference })));
const PollCard = lazy(() => import('../bot/poll-card.tsx').then((m) => ({ default: m.PollCard })));

type MessageRowProps = {
  message: Message;
  head: boolean;
  room: JoinedRoom;
  /** Inside a thread a message has no thread of its own. */
  inThread?: boolean;
  marked?: boolean;
};

/** One message: who, when, what. Focusable, so that its actions are a key press away. */
export const MessageRow = memo(function MessageRow({ message, head, room, inThread = false, marked = false }: MessageRowProps) {
  const author = usePerson(message.authorId);
  const { id: myId } = useMe();
  const post = useMemo(() => webhookPostOf(message), [message]);
  return (
    <article
      className={styles.row}
      data-head={head || undefined}
      data-marked={marked || undefined}
      data-named={(!message.deletedAt && namesMe(message, myId, room.me)) || undefined}
      data-message-id={message.id}
      data-seq={message.seq}
      tabIndex={-1}
      aria-label={t`Message from ${post?.sender ?? author?.displayName ?? t`someone`}`}
    >
      <div className={styles.gutter}>
        {head && post ? (
          <SenderPicture name={post.sender} icon={post.icon} />
        ) : head ? (
          <Avatar userId={message.authorId} />
        ) : (
          <time className={styles.sideTime} dateTime={message.createdAt} title={exactTime(message.createdAt)}>
            {clockTime(message.createdAt)}
          </time>
        )}
      </div>
      <div className={styles.content}>
        {head && (
          <header className={styles.head}>
            <Speaker message={message} post={post} />
            <Time at={message.createdAt} form="day" className={styles.time} />
          </header>
        )}
        {message.pinnedAt && (
          <span className={styles.pinned}>
            <IconPinFilled size={12} aria-hidden />{' '}
            {message.pinnedBy ? (
              <Trans>
                Pinned by <PersonName userId={message.pinnedBy} />
              </Trans>
            ) : (
              t`Pinned`
            )}
          </span>
        )}
        {!inThread && message.parentId !== undefined && (
          <Suspense fallback={<span className={styles.also}>{t`Replied to a thread`}</span>}>
            <ThreadReference roomId={message.roomId} rootId={message.parentId} />
          </Suspense>
        )}
        {inThread && message.alsoInRoom && <span className={styles.also}>{t`Also sent to the room`}</span>}
        <Content message={message} room={room} />
        <EditedMark message={message} />
        {!message.deletedAt && <Links text={message.body} />}
        {message.previews && (
          <Suspense fallback={null}>
            <LinkPreviews message={message} room={room} />
          </Suspense>
        )}
        <Attachments files={message.files} roomId={message.roomId} />
        <ReactionChips message={message} />
        {!inThread && message.replyCount > 0 && <ThreadLink message={message} />}
      </div>
      <MessageActions message={message} room={room} inThread={inThread} />
    </article>
  );
});

function Speaker({ message: { authorId, roomId, kind }, post }: { message: Message; post: WebhookPost | undefined }) {
  if (post) return <SenderName sender={post.sender} className={styles.author} />;
  return (
    <>
      <PersonButton userId={authorId} roomId={roomId} inRow>
        <PersonName userId={authorId} className={styles.author} />
      </PersonButton>
      <StatusSign userId={authorId} />
      {kind === 'bot' && <span className={styles.badge}>{t`bot`}</span>}
    </>
  );
}

function Links({ text }: { text: string }) {
  const places = linkedPlaces(text, window.location.origin);
  if (places.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <LinkedMessages places={places} />
    </Suspense>
  );
}

function Said({ message, room }: { message: Message; room: JoinedRoom }) {
  const pollId = message.kind === 'bot' ? pollIdOf(message.clientId) : undefined;
  const words = <MessageBody message={message} />;
  if (pollId === undefined) return words;
  return (
    <Suspense fallback={words}>
      <PollCard message={message} room={room} pollId={pollId} />
    </Suspense>
  );
}

/** What the message says, or the field in which its author says something else. */
function Content({ message, room }: { message: Message; room: JoinedRoom }) {
  const edited = useSyncExternalStore(editing.subscribe, () => editing.snapshot() === message.id);
  if (message.deletedAt) return <p className={styles.deleted}>{t`This message was deleted.`}</p>;
  const said = <Said message={message} room={room} />;
  if (!edited) return said;
  return (
    <Suspense fallback={said}>
      <MessageEdit message={message} />
    </Suspense>
  );
}

function ThreadLink({ message }: { message: Message }) {
  return (
    <Link className={styles.thread} to={`/rooms/${message.roomId}/thread/${message.id}`}>
      <IconMessageCircle size={15} stroke={1.8} aria-hidden />
      {plural(message.replyCount, { one: '# reply', other: '# replies' })}
      {message.lastReplyAt && (
        <span className={styles.lastReply}>
          <Trans>
            last reply <Time at={message.lastReplyAt} />
          </Trans>
        </span>
      )}
    </Link>
  );
}
