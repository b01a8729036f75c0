import { t } from '@lingui/core/macro';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { PageSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { usePersonalNotes } from '../bot/note-card.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import { useMe } from '../session/use-session.ts';
import { Announcer } from './announcer.tsx';
import { type Row, buildRows } from './rows.ts';
import { NEAR_END_PX } from './rows-on-screen.ts';
import { TimelineRow } from './timeline-row.tsx';
import { JumpBar, TimelineBottom, type TimelineContext, TimelineTop, TypingLine } from './timeline-edges.tsx';
import styles from './timeline.module.css';
import { useAnchoredIndex } from './use-anchored-index.ts';
import { useKeepScrollPlace } from './scroll-places.ts';
import { useOneStop } from './use-one-stop.ts';
import { useOpening } from './opening.ts';
import { useStayAtEnd } from './use-stay-at-end.ts';
import { useReading } from './use-reading.ts';
import { useTimelineKeys } from './use-timeline-keys.ts';
import { useTimeline } from './use-timeline.ts';
import { problemText } from '../language/problem-text.ts';

const EDGES = { Header: TimelineTop, Footer: TimelineBottom };

/** The conversation of a room, at the message that the address names. */
export function Timeline({ room, at }: { room: JoinedRoom; at: number | undefined }) {
  const hold = useTimeline(room, at);
  const { state } = hold;
  if (state.state === 'failed' && state.messages.length === 0) {
    return (
      <div className={styles.timeline}>
        <Problem
          title={t`Messages cannot be loaded`}
          detail={state.error && problemText(state.error)}
          action={t`Try again`}
          onAction={hold.retry}
        />
      </div>
    );
  }
  if (state.state !== 'ready') {
    return (
      <div className={styles.timeline} data-loading>
        <PageSkeleton />
      </div>
    );
  }
  return <Conversation key={hold.place} room={room} hold={hold} />;
}

type ConversationProps = { room: JoinedRoom; hold: ReturnType<typeof useTimeline> };

function Conversation({ room, hold }: ConversationProps) {
  const me = useMe();
  const { state, outgoing, opening, opened } = hold;
  const target = opening.name === 'asked' ? opening.seq : undefined;
  const list = useRef<VirtuosoHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [atBottom, setAtBottom] = useState(opening.name === 'end');
  const [lineAbove, setLineAbove] = useState(false);
  const lastSeq = state.messages.at(-1)?.seq;
  const { readTo, clearLine } = useReading({ room, lastSeq, watching: atBottom && !state.hasAfter, opened });
  const personal = usePersonalNotes(room.id, undefined);
  const rows = useMemo(
    () =>
      buildRows({
        messages: state.messages,
        notes: state.notes,
        personal: state.hasAfter ? [] : personal,
        outgoing,
        readTo,
        myId: me.id,
        isDirect: room.kind === 'direct',
        fromStart: !state.hasBefore,
      }),
    [state.messages, state.notes, state.hasBefore, state.hasAfter, personal, outgoing, readTo, me.id, room.kind],
  );
  const { firstIndex, noteTop } = useAnchoredIndex(rows);
  const { first, settle } = useOpening({ list, rows, opening });
  useKeepScrollPlace({ roomId: room.id, frame, atEnd: atBottom && !state.hasAfter });

  const toPresent = (): void => {
    clearLine();
    if (state.hasAfter) hold.goTo(undefined);
    else list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
  };
  const toLine = (): void =>
    list.current?.scrollToIndex({ index: rows.findIndex((row) => row.kind === 'unread'), align: 'start', offset: -48 });
  const { stay } = useStayAtEnd({ list, frame, opensAtEnd: opening.name === 'end', outgoing: outgoing.length, toPresent });
  const onKey = useTimelineKeys({ room, myId: me.id, frame, messages: state.messages, toPresent });
  const oneStop = useOneStop(frame);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (oneStop.onKeyDown(event)) event.preventDefault();
    else onKey(event);
  };
  const context: TimelineContext = { hasBefore: state.hasBefore, hasAfter: state.hasAfter };

  return (
    <div ref={frame} className={styles.timeline} onKeyDown={onKeyDown} onFocus={oneStop.onFocus} role="region" aria-label={t`Messages`}>
      {lineAbove && <JumpBar place="top" label={t`New messages above`} onJump={toLine} onDismiss={clearLine} />}
      <span data-edge="start" tabIndex={-1} aria-hidden />
      <Virtuoso<Row, TimelineContext>
        ref={list}
        className={styles.list}
        data={rows}
        context={context}
        computeItemKey={(_, row) => row.key}
        firstItemIndex={firstIndex}
        initialTopMostItemIndex={first}
        alignToBottom
        atBottomThreshold={NEAR_END_PX}
        increaseViewportBy={{ top: 800, bottom: 600 }}
        skipAnimationFrameInResizeObserver
        followOutput={() => (state.hasAfter ? false : atBottom ? 'auto' : false)}
        atBottomStateChange={setAtBottom}
        // Rows grow too: markup arrives, a message fails. Whoever is at the end stays there.
        totalListHeightChanged={() => {
          settle();
          if (!state.hasAfter) stay();
        }}
        startReached={hold.loadBefore}
        endReached={hold.loadAfter}
        rangeChanged={({ startIndex }) => {
          noteTop(startIndex);
          const line = rows.findIndex((row) => row.kind === 'unread');
          setLineAbove(line >= 0 && line < startIndex - firstIndex);
        }}
        itemContent={(_, row) => <TimelineRow row={row} room={room} marked={row.kind === 'message' && row.message.seq === target} />}
        components={EDGES}
      />
      <span data-edge="end" tabIndex={-1} aria-hidden />
      {(!atBottom || state.hasAfter) && state.messages.length > 0 && (
        <JumpBar
          place="bottom"
          label={t`Jump to the present`}
          count={state.hasAfter ? Math.max(state.newer, room.me.unread) : room.me.unread}
          onJump={toPresent}
        />
      )}
      <TypingLine roomId={room.id} />
      <Announcer messages={state.messages} />
    </div>
  );
}
