import type { Attachment } from '@atrium/contracts';
import { Link } from 'react-router';
import styles from './attachments.module.css';
import { FileSign } from './file-sign.tsx';
import { sizeText } from './size-text.ts';

/** The files of a message; a click opens the file beside its conversation. */
export function Attachments({ files, roomId }: { files: readonly Attachment[]; roomId: string }) {
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label="Attachments">
      {files.map((file) => (
        <li key={file.id}>
          <Link to={`/rooms/${roomId}/files/${file.id}`} className={styles.file}>
            <FileSign name={file.name} />
            <span>
              <span className={styles.name}>{file.name}</span>
              <small>{sizeText(file.size)}</small>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
