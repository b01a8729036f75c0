import { t } from '@lingui/core/macro';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { FileSign, FileThumb } from '../attachments/file-thumb.tsx';
import { sizeText } from '../attachments/size-text.ts';
import styles from './composer.module.css';
import { type Upload, isDraft, uploads } from '../writing/uploads.ts';
import { problemText } from '../language/problem-text.ts';

/** What goes along with the message. */
export function AttachmentTray({ uploads: items, draftKey }: { uploads: readonly Upload[]; draftKey: string }) {
  if (items.length === 0) return null;
  return (
    <ul className={styles.tray} aria-label={t`Attachments`}>
      {items.map((upload) => (
        <UploadChip key={upload.id} upload={upload} place={draftKey} />
      ))}
    </ul>
  );
}

/** What it looks like: as it was chosen, or as the server drew it. */
function UploadSign({ upload: { picture, file, name, roomId } }: { upload: Upload }) {
  if (picture) return <img className={styles.chipPicture} src={picture} alt="" />;
  return file ? <FileThumb roomId={roomId} file={file} size={28} /> : <FileSign name={name} size={28} />;
}

export function UploadChip({ upload, place }: { upload: Upload; place: string }) {
  const percent = upload.size === 0 ? 100 : Math.min(100, Math.round((upload.sentBytes / upload.size) * 100));
  return (
    <li className={styles.chip} data-state={upload.state} data-waiting={upload.waiting || undefined}>
      <UploadSign upload={upload} />
      <span className={styles.chipText}>
        <span>{upload.name}</span>
        <small>
          {upload.state === 'failed'
            ? upload.error
              ? problemText(upload.error)
              : t`Failed`
            : upload.state === 'done' && (upload.file?.revision ?? 1) > 1
              ? t`Version ${upload.file?.revision ?? 1} · ${sizeText(upload.size)}`
              : upload.state === 'uploading'
                ? upload.waiting
                  ? t`Goes on once the network is back · ${percent} %`
                  : `${percent} %`
                : sizeText(upload.size)}
        </small>
      </span>
      {upload.error?.code === 'storage_full' && isDraft(place) && <Link to={`/rooms/${upload.roomId}/files`}>{t`See the files`}</Link>}
      {upload.state === 'failed' && (
        <button type="button" aria-label={t`Retry ${upload.name}`} onClick={() => uploads.retry(place, upload.id)}>
          <IconRefresh size={15} />
        </button>
      )}
      <button
        type="button"
        aria-label={upload.state === 'uploading' ? t`Cancel ${upload.name}` : t`Remove ${upload.name}`}
        onClick={() => uploads.remove(place, upload.id)}
      >
        <IconX size={15} />
      </button>
      {upload.state === 'uploading' && (
        <span
          className={styles.bar}
          role="progressbar"
          aria-label={t`Uploading ${upload.name}`}
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <i style={{ width: `${percent}%` }} />
        </span>
      )}
    </li>
  );
}
