import { t } from '@lingui/core/macro';
import { IconUpload } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import { type JoinedRoom, whyCannotPost } from '../room/joined-room.ts';
import styles from './composer.module.css';
import { isDraft, uploads } from '../writing/uploads.ts';

/** `place` is where they go: the draft they are attached to, or the list they are uploaded to. */
type DropZoneProps = { room: JoinedRoom; place: string; className: string | undefined; children: ReactNode };

/** Takes files that are dropped anywhere on it. Where nothing may be posted it takes none, but does not let the browser open them. */
export function DropZone({ room, place, className, children }: DropZoneProps) {
  // Entering a child leaves its parent: only the balance says whether something is over us.
  const [depth, setDepth] = useState(0);
  const mayPost = whyCannotPost(room, Date.now()) === undefined;
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  return (
    <div
      className={className}
      style={{ position: 'relative' }}
      onDragEnter={(event) => carriesFiles(event) && setDepth(depth + 1)}
      onDragLeave={(event) => carriesFiles(event) && setDepth(Math.max(0, depth - 1))}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setDepth(0);
        if (mayPost) uploads.add(place, room.id, [...event.dataTransfer.files]);
      }}
    >
      {children}
      {depth > 0 && mayPost && (
        <div className={styles.drop} aria-hidden>
          <IconUpload size={28} stroke={1.6} />
          {isDraft(place) ? t`Drop to attach` : t`Drop to upload`}
        </div>
      )}
    </div>
  );
}
