import { t } from '@lingui/core/macro';
import { PanelHeader } from '../kit/panel.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import styles from '../kit/overview.module.css';
import { ThreadList } from './thread-list.tsx';

/** Threads of one room. */
export function ThreadsPanel({ room, onClose }: { room: JoinedRoom; onClose: () => void }) {
  return (
    <>
      <PanelHeader title={t`Threads`} onClose={onClose} />
      <div className={styles.panel}>
        <ThreadList roomId={room.id} />
      </div>
    </>
  );
}
