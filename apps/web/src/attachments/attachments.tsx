import { t } from '@lingui/core/macro';
import type { Attachment, FileRecord } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link } from 'react-router';
import { client } from '../session/client.ts';
import styles from './attachments.module.css';
import { linkToDocument } from './citation-place.ts';
import { isAskable } from './file-status.ts';
import { FileThumb, useNear } from './file-thumb.tsx';
import { isCode } from './is-code.ts';
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

/** As many as fill its place, which shows three. */
const LINES = 4;

/** How a text begins, below its name; its place is there before it comes, and is only as high as the text once it is here. */
function FileExcerpt({ roomId, file }: { roomId: string; file: Attachment }) {
  const place = useRef<HTMLSpanElement>(null);
  const isNear = useNear(place, true);
  const { data } = useQuery({
    queryKey: ['file-excerpt', roomId, file.id],
    queryFn: () => client.files.excerpt(roomId, file.id),
    enabled: isNear,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const lines = data?.split('\n').filter((line) => line.trim() !== '') ?? [];
  return (
    <span ref={place} className={styles.excerpt} data-code={isCode(file) || undefined} data-waiting={data === undefined || undefined}>
      {lines.slice(0, LINES).join('\n')}
    </span>
  );
}

/** What a message shows of a file. */
export const attachmentOf = ({ id, name, contentType, size, status, threat }: FileRecord): Attachment => ({
  ...{ id, name, contentType, size, status },
  ...(threat !== undefined && { threat }),
});
