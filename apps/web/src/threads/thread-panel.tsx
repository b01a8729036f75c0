import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { Composer } from '../composer/composer.tsx';
import { PanelHeader } from '../layout/panel.tsx';
import { PanelSkeleton } from '../layout/panel-skeleton.tsx';
import { Problem } from '../layout/problem.tsx';
import { live } from '../live/live.ts';
import { useOutbox } from '../live/use-live.ts';
import type { JoinedRoom } from '../rooms/joined-room.ts';
import { client } from '../session/client.ts';
import { MessageRow } from '../timeline/message-row.tsx';
import { OutgoingRow } from '../timeline/outgoing-row.tsx';
import styles from './thread-panel.module.css';

type ThreadPanelProps = { room: JoinedRoom; rootId: string; onClose: () => void };

/** One message and the answers to it. */
export function ThreadPanel({ room, rootId, onClose }: ThreadPanelProps) {
  const thread = useMemo(() => live.timelines.thread(room.id, rootId), [room.id, rootId]);
  const state = useSyncExternalStore(thread.subscribe, thread.snapshot);
  const arrived = new Set(state.messages.map((message) => message.clientId));
  const outgoing = useOutbox().filter((item) => item.parentId === rootId && !arrived.has(item.clientId));
  const end = useRef<HTMLDivElement>(null);
  const lastSeq = state.messages.at(-1)?.seq;
  useEffect(() => {
    if (thread.snapshot().state !== 'ready') void thread.load();
  }, [thread]);
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
    if (lastSeq !== undefined) client.realtime.read(room.id, lastSeq, rootId);
  }, [lastSeq, outgoing.length, room.id, rootId]);

  const count = state.root?.replyCount ?? 0;
  return (
    <>
      <PanelHeader title="Thread" detail={count > 0 ? (count === 1 ? '1 reply' : `${count} replies`) : undefined} onClose={onClose} />
      <div className={styles.body}>
        {state.state === 'failed' && (
          <Problem
            title={state.error?.status === 404 ? 'This message is not here' : 'The thread cannot be shown'}
            detail={state.error?.detail}
            action="Try again"
            onAction={() => void thread.load()}
          />
        )}
        {(state.state === 'empty' || state.state === 'loading') && <PanelSkeleton />}
        {state.root && <MessageRow message={state.root} head room={room} inThread />}
        {state.root && <hr className={styles.rule} />}
        {state.hasBefore && (
          <Button variant="subtle" size="xs" loading={state.loadingBefore} onClick={() => void thread.loadBefore()}>
            Show earlier replies
          </Button>
        )}
        {state.messages.map((message, index) => (
          <MessageRow key={message.id} message={message} head={message.authorId !== state.messages[index - 1]?.authorId} room={room} inThread />
        ))}
        {outgoing.map((item) => (
          <OutgoingRow key={item.clientId} item={item} head />
        ))}
        {state.state === 'ready' && state.messages.length === 0 && outgoing.length === 0 && <p className={styles.empty}>No replies yet.</p>}
        <div ref={end} />
      </div>
      {state.root && <Composer room={room} parentId={rootId} takesFocus />}
    </>
  );
}
