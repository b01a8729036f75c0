import { IconUpload } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import styles from './composer.module.css';
import { uploads } from './uploads.ts';

type DropZoneProps = { roomId: string; className: string | undefined; children: ReactNode };

/** Files dropped anywhere on the conversation go along with the next message. */
export function DropZone({ roomId, className, children }: DropZoneProps) {
  // Entering a child leaves its parent: only the balance says whether something is over us.
  const [depth, setDepth] = useState(0);
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
        uploads.add(roomId, roomId, [...event.dataTransfer.files]);
      }}
    >
      {children}
      {depth > 0 && (
        <div className={styles.drop} aria-hidden>
          <IconUpload size={28} stroke={1.6} />
          Drop to attach
        </div>
      )}
    </div>
  );
}
