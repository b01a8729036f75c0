import { Suspense, lazy, useEffect } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { showToldReminders } from '../bot/told-reminders.ts';
import { Composer } from '../composer/composer.tsx';
import { placeOf } from '../writing/drafts.ts';
import { filesPlace } from '../writing/uploads.ts';
import { DropZone } from '../composer/drop-zone.tsx';
import { Panel } from '../kit/panel.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { unsaved } from '../kit/unsaved.ts';
import { WaitingBar } from '../lobby/waiting-bar.tsx';
import { useMembers } from '../people/use-members.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import { useRootAskedFor } from '../threads/use-root-asked-for.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { useKeepLastPlace } from './last-place.ts';
import { RoomHeader } from './room-header.tsx';
import type { RoomPlace } from '../room/room-place.ts';
import styles from './room-view.module.css';
import type { JoinedRoom } from '../room/joined-room.ts';

const ThreadPanel = lazy(() => import('../threads/thread-panel.tsx').then((m) => ({ default: m.ThreadPanel })));
const ThreadsPanel = lazy(() => import('../threads/threads-panel.tsx').then((m) => ({ default: m.ThreadsPanel })));
const PinsPanel = lazy(() => import('../pins/pins-panel.tsx').then((m) => ({ default: m.PinsPanel })));
const FilesPanel = lazy(() => import('../files/files-panel.tsx').then((m) => ({ default: m.FilesPanel })));
const AskPanel = lazy(() => import('../files/ask-panel.tsx').then((m) => ({ default: m.AskPanel })));
const FileView = lazy(() => import('../files/file-view.tsx').then((m) => ({ default: m.FileView })));
const DocumentPanel = lazy(() => import('../files/document-panel.tsx').then((m) => ({ default: m.DocumentPanel })));
const MembersPanel = lazy(() => import('../members/members-panel.tsx').then((m) => ({ default: m.MembersPanel })));
const SearchPanel = lazy(() => import('../search/search-panel.tsx').then((m) => ({ default: m.SearchPanel })));
const AuditPanel = lazy(() => import('../audit/audit-panel.tsx').then((m) => ({ default: m.AuditPanel })));
const SettingsPanel = lazy(() => import('./settings-panel.tsx').then((m) => ({ default: m.SettingsPanel })));

/** The conversation, and beside it what the address names. */
export function RoomView({ room, place }: { room: JoinedRoom; place: RoomPlace }) {
  const navigate = useNavigate();
  const me = useMe();
  const [search] = useSearchParams();
  const at = Number(search.get('at')) || undefined;
  const rootSeq = useRootAskedFor(room.id, place);
  useMembers(room.id);
  useKeepLastPlace(me.id);
  useEffect(() => {
    client.realtime.focus(room.id);
    return () => client.realtime.focus(null);
  }, [room.id]);

  // A reminder that was told while nobody looked is shown now; without the bot's service the room is shown all the same.
  useEffect(() => void showToldReminders(room.id).catch(() => undefined), [room.id]);

  const close = (): void => unsaved.leave(() => void navigate(`/rooms/${room.id}`));
  if (place.name === 'file') {
    return (
      <Suspense fallback={<PanelSkeleton />}>
        <FileView key={place.fileId} room={room} fileId={place.fileId} />
      </Suspense>
    );
  }
  return (
    <div className={styles.view} data-panel={place.name !== 'chat' || undefined}>
      <DropZone room={room} place={placeOf(me.id, room.id)} className={styles.conversation}>
        <RoomHeader room={room} place={place} />
        <WaitingBar room={room} />
        <Timeline room={room} at={place.name === 'thread' ? rootSeq : at} />
        <Composer room={room} takesFocus={place.name === 'chat'} />
      </DropZone>
      {place.name !== 'chat' && (
        <Panel name={place.name} onClose={close}>
          <DropZone room={room} place={dropPlace(me.id, room, place)} className={styles.panel}>
            <Beside room={room} place={place} at={at} onClose={close} />
          </DropZone>
        </Panel>
      )}
    </div>
  );
}

type BesideProps = { room: JoinedRoom; place: RoomPlace; at: number | undefined; onClose: () => void };

function Beside({ room, place, at, onClose }: BesideProps) {
  return (
    <Suspense fallback={<PanelSkeleton />}>
      {place.name === 'thread' && <ThreadPanel key={place.messageId} room={room} rootId={place.messageId} at={at} onClose={onClose} />}
      {place.name === 'threads' && <ThreadsPanel room={room} onClose={onClose} />}
      {place.name === 'pins' && <PinsPanel room={room} onClose={onClose} />}
      {place.name === 'files' && <FilesPanel room={room} onClose={onClose} />}
      {place.name === 'ask' && <AskPanel room={room} onClose={onClose} />}
      {place.name === 'document' && <DocumentPanel key={place.fileId} room={room} fileId={place.fileId} onClose={onClose} />}
      {place.name === 'members' && <MembersPanel room={room} onClose={onClose} />}
      {place.name === 'search' && <SearchPanel roomId={room.id} onClose={onClose} />}
      {place.name === 'audit' && <AuditPanel room={room} onClose={onClose} />}
      {place.name === 'settings' && <SettingsPanel room={room} onClose={onClose} />}
    </Suspense>
  );
}

/** Beside a thread files go with the reply, in the list of files into the list, else with the next message. */
function dropPlace(myId: string, room: JoinedRoom, place: RoomPlace): string {
  if (place.name === 'thread') return placeOf(myId, room.id, place.messageId);
  return place.name === 'files' ? filesPlace(room.id) : placeOf(myId, room.id);
}
