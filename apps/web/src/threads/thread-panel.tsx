import { plural, t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { type RefObject, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { Composer } from '../composer/composer.tsx';
import { NoteCard, usePersonalNotes } from '../bot/note-card.tsx';
import { FollowButton } from './follow-button.tsx';
import { PanelHeader } from '../kit/panel.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { live } from '../live/live.ts';
import { useOutbox } from '../live/use-live.ts';
import type { JoinedRoom } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { MessageRow } from '../timeline/message-row.tsx';
import { speakerOf } from '../timeline/rows.ts';
import { OutgoingRow } from '../timeline/outgoing-row.tsx';
import styles from './thread-panel.module.css';
import { problemText } from '../language/problem-text.ts';

/** `at`: the reply that a link is about. */
type ThreadPanelProps = { room: JoinedRoom; rootId: string; at: number | undefined; onClose: () => void };

/** One message and the answers to it. */
export function ThreadPanel({ room, rootId, at, onClose }: ThreadPanelProps) {
  const thread = useMemo(() => live.timelines.thread(room.id, rootId), [room.id, rootId]);
  const state = useSyncExternalStore(thread.subscribe, thread.snapshot);
  const arrived = new Set(state.messages.map((message) => message.clientId));
  const outgoing = useOutbox().filter((item) => item.parentId === rootId && !arrived.has(item.clientId));
  const body = useRef<HTMLDivElement>(null);
  const lastSeq = state.messages.at(-1)?.seq;
  useEffect(() => {
    const { state: known, messages } = thread.snapshot();
    if (known !== 'ready' || (at !== undefined && !messages.some(({ seq }) => seq === at))) void thread.load(at);
  }, [thread, at]);
  useScroll(body, { at: state.messages.some(({ seq }) => seq === at) ? at : undefined, lastSeq, sending: outgoing.length });
  useEffect(() => {
    if (lastSeq !== undefined) client.realtime.read(room.id, lastSeq, rootId);
  }, [lastSeq, room.id, rootId]);

  const personal = usePersonalNotes(room.id, rootId);
  const count = state.root?.replyCount ?? 0;
  return (
    <>
      <PanelHeader
        title={t`Thread`}
        detail={count > 0 ? plural(count, { one: '# reply', other: '# replies' }) : undefined}
        onClose={onClose}
      >
        <FollowButton roomId={room.id} rootId={rootId} />
      </PanelHeader>
      <div ref={body} className={styles.body}>
        {state.state === 'failed' && (
          <Problem
            title={state.error?.status === 404 ? t`This message is not here` : t`The thread cannot be shown`}
            detail={state.error && problemText(state.error)}
            action={t`Try again`}
            onAction={() => void thread.load()}
          />
        )}
        {(state.state === 'empty' || state.state === 'loading') && <PanelSkeleton />}
        {state.root && <MessageRow message={state.root} head room={room} inThread />}
        {state.root && <hr className={styles.rule} />}
        {state.hasBefore && (
          <MoreReplies label={t`Show earlier replies`} loading={state.loadingBefore} load={() => void thread.loadBefore()} />
        )}
        {state.messages.map((message, index) => (
          <MessageRow
            key={message.id}
            message={message}
            head={index === 0 || speakerOf(message) !== speakerOf(state.messages[index - 1]!)}
            room={room}
            inThread
            marked={message.seq === at}
          />
        ))}
        {state.hasAfter && <MoreReplies label={t`Show later replies`} loading={state.loadingAfter} load={() => void thread.loadAfter()} />}
        {personal.map((note) => (
          <NoteCard key={note.id} note={note} />
        ))}
        {outgoing.map((item) => (
          <OutgoingRow key={item.clientId} item={item} head />
        ))}
        {state.state === 'ready' && state.messages.length === 0 && outgoing.length === 0 && (
          <p className={styles.empty}>{t`No replies yet.`}</p>
        )}
      </div>
      {state.root && <Composer room={room} parentId={rootId} takesFocus />}
    </>
  );
}

function MoreReplies({ label, loading, load }: { label: string; loading: boolean; load: () => void }) {
  return (
    <Button variant="subtle" size="xs" loading={loading} onClick={load}>
      {label}
    </Button>
  );
}

type ScrollInput = { at: number | undefined; lastSeq: number | undefined; sending: number };

/** Goes to the reply asked for, once; otherwise stays at the end, where the next one arrives. */
function useScroll(body: RefObject<HTMLElement | null>, { at, lastSeq, sending }: ScrollInput): void {
  const shown = useRef<number>(undefined);
  useEffect(() => {
    const element = body.current;
    if (!element) return;
    if (at === undefined || sending > 0) element.scrollTop = element.scrollHeight;
    else if (shown.current !== at) element.querySelector(`[data-seq="${at}"]`)?.scrollIntoView({ block: 'center' });
    shown.current = at;
  }, [body, at, lastSeq, sending]);
}
