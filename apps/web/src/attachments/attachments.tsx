import { t } from '@lingui/core/macro';
import type { Attachment } from '@atrium/contracts';
import { Link } from 'react-router';
import styles from './attachments.module.css';
import { linkToDocument } from './citation-place.ts';
import { FileExcerpt } from './file-excerpt.tsx';
import { isAskable } from './file-status.ts';
import { FileThumb } from './file-thumb.tsx';
import { hasPreview, usePreview } from './shown-images.ts';
import { sizeText } from './size-text.ts';

type Place = { file: Attachment; roomId: string };

/** The files of a message, pictures as pictures; a click opens the file beside the conversation. */
export function Attachments({ files, roomId }: { files: readonly Attachment[]; roomId: string }) {
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t`Attachments`}>
      {files.map((file) => (
        <li key={file.id}>{isPicture(file) ? <Picture file={file} roomId={roomId} /> : <Chip file={file} roomId={roomId} />}</li>
      ))}
    </ul>
  );
}

const isPicture = (file: Attachment): boolean => file.contentType.startsWith('image/') && hasPreview(file);

/** Its place has a fixed height, so that nothing moves when it arrives. */
function Picture({ file, roomId }: Place) {
  const { url, error } = usePreview(roomId, file);
  if (error) return <Chip file={file} roomId={roomId} />;
  return (
    <Link to={linkToDocument(roomId, { fileId: file.id })} className={styles.picture} aria-label={t`Picture ${file.name}`}>
      {url && <img src={url} alt="" />}
    </Link>
  );
}

function Chip({ file, roomId }: Place) {
  return (
    <Link to={linkToDocument(roomId, { fileId: file.id })} className={styles.file}>
      <FileThumb roomId={roomId} file={file} size={file.contentType === 'application/pdf' ? 56 : 36} />
      <span className={styles.words}>
        <span className={styles.name}>{file.name}</span>
        <small>
          {sizeText(file.size)}
          {file.status === 'failed' && <em>{file.threat ? ` · ${t`Virus found`}` : t` · could not be read`}</em>}
        </small>
      </span>
      {isAskable(file.status) && !hasPreview(file) && <FileExcerpt roomId={roomId} file={file} />}
    </Link>
  );
}
