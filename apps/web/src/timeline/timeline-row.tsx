import { t } from '@lingui/core/macro';
import { memo, useSyncExternalStore } from 'react';
import { NoteCard } from '../bot/note-card.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import { clock } from '../time/time.tsx';
import { dayLabel } from '../time/format.ts';
import { MessageRow } from './message-row.tsx';
import { NotesRow } from './notes-row.tsx';
import { RoomStart } from './room-start.tsx';
import { OutgoingRow } from './outgoing-row.tsx';
import type { Row } from './rows.ts';
import styles from './timeline.module.css';

type TimelineRowProps = { row: Row; room: JoinedRoom; marked: boolean };

export const TimelineRow = memo(function TimelineRow({ row, room, marked }: TimelineRowProps) {
  switch (row.kind) {
    case 'start':
      return <RoomStart room={room} />;
    case 'day':
      return <DayLine at={row.at} />;
    case 'unread':
      return (
        <div className={styles.unread} role="separator" aria-label={t`New messages`}>
          {t`New`}
        </div>
      );
    case 'notes':
      return <NotesRow notes={row.notes} roomId={room.id} />;
    case 'personal':
      return <NoteCard note={row.note} />;
    case 'outgoing':
      return <OutgoingRow item={row.item} head={row.head} />;
    case 'message':
      return <MessageRow message={row.message} head={row.head} room={room} marked={marked} />;
  }
});

function DayLine({ at }: { at: string }) {
  const now = useSyncExternalStore(clock.subscribe, clock.snapshot);
  return <div className={styles.day}>{dayLabel(at, now)}</div>;
}
