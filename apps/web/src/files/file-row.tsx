import { t } from '@lingui/core/macro';
import type { FileRecord } from '@atrium/contracts';
import { Link } from 'react-router';
import { PersonName } from '../people/person-name.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import { Time } from '../time/time.tsx';
import { FileMenu } from './file-menu.tsx';
import { FileThumb } from '../attachments/file-thumb.tsx';
import { StatusBadge } from './status-badge.tsx';
import styles from './files-panel.module.css';
import { sizeText } from '../attachments/size-text.ts';

export function FileRow({ file, room }: { file: FileRecord; room: JoinedRoom }) {
  return (
    <li className={styles.row}>
      <Link to={`/rooms/${room.id}/files/${file.id}`} className={styles.link}>
        <FileThumb roomId={room.id} file={file} size={40} />
        <span className={styles.text}>
          <span className={styles.name}>{file.name}</span>
          <span className={styles.detail}>
            {file.revision !== undefined && file.revision > 1 && t`Version ${file.revision} · `}
            {sizeText(file.size)} · <PersonName userId={file.uploaderId} /> · <Time at={file.createdAt} />
          </span>
          <StatusBadge file={file} />
        </span>
      </Link>
      <FileMenu file={file} room={room} />
    </li>
  );
}
