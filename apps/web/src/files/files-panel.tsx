import { t } from '@lingui/core/macro';
import type { FileRecord } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { IconFiles, IconMessageQuestion, IconUpload } from '@tabler/icons-react';
import { type ChangeEvent, useRef } from 'react';
import { Link } from 'react-router';
import { statusWords } from '../attachments/file-status.ts';
import { FileThumb } from '../attachments/file-thumb.tsx';
import { sizeText } from '../attachments/size-text.ts';
import { UploadChip } from '../composer/attachment-tray.tsx';
import { PersonName } from '../people/person-name.tsx';
import { Time } from '../time/time.tsx';
import { filesPlace, uploads, useUploads } from '../writing/uploads.ts';
import { PanelHeader } from '../kit/panel.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { type JoinedRoom, whyCannotPost } from '../room/joined-room.ts';
import { FileMenu } from './file-menu.tsx';
import styles from './files-panel.module.css';
import { RoomStorageUse } from './storage-use.tsx';
import { useFiles } from './use-files.ts';
import { problemText } from '../language/problem-text.ts';

/** The room's files: what they are, how far they are read, and a way in. */
export function FilesPanel({ room, onClose }: { room: JoinedRoom; onClose: () => void }) {
  const picker = useRef<HTMLInputElement>(null);
  const place = filesPlace(room.id);
  const coming = useUploads(place).filter((upload) => upload.state !== 'done');
  const { files, isPending, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useFiles(room.id);
  const mayUpload = whyCannotPost(room, Date.now()) === undefined;
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    uploads.add(place, room.id, [...(event.currentTarget.files ?? [])]);
    event.currentTarget.value = '';
  };
  return (
    <>
      <PanelHeader title={t`Files`} detail={files.length > 0 ? `${files.length}${hasNextPage ? '+' : ''}` : undefined} onClose={onClose}>
        {files.length > 0 && (
          <Button size="xs" variant="light" component={Link} to={`/rooms/${room.id}/ask`} leftSection={<IconMessageQuestion size={15} />}>
            {t`Ask`}
          </Button>
        )}
        {mayUpload && (
          <Button size="xs" variant="light" leftSection={<IconUpload size={15} />} onClick={() => picker.current?.click()}>
            {t`Upload`}
          </Button>
        )}
      </PanelHeader>
      <input ref={picker} type="file" multiple hidden onChange={choose} aria-label={t`Files to upload`} />
      <div className={styles.body}>
        {coming.length > 0 && (
          <ul className={styles.coming} aria-label={t`Uploads`}>
            {coming.map((upload) => (
              <UploadChip key={upload.id} upload={upload} place={place} />
            ))}
          </ul>
        )}
        {isPending && <PanelSkeleton />}
        {error && (
          <Problem title={t`Files cannot be shown`} detail={problemText(error)} action={t`Try again`} onAction={() => void refetch()} />
        )}
        {!isPending && !error && files.length === 0 && coming.length === 0 && (
          <Problem
            icon={<IconFiles size={22} stroke={1.7} />}
            title={t`No files yet`}
            detail={t`Drop a PDF, a document, a table or a text here or into the conversation. Once it is read, you can ask it questions.`}
          />
        )}
        <ul className={styles.files} aria-label={t`Files of this room`}>
          {files.map((file) => (
            <FileRow key={file.id} file={file} room={room} />
          ))}
        </ul>
        {hasNextPage && (
          <div className={styles.more}>
            <Button variant="default" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t`Show more`}
            </Button>
          </div>
        )}
      </div>
      {mayUpload && <RoomStorageUse roomId={room.id} />}
    </>
  );
}

function FileRow({ file, room }: { file: FileRecord; room: JoinedRoom }) {
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

/** How far a file is read; says why when it is not. */
function StatusBadge({ file }: { file: FileRecord }) {
  const { tone, label, explanation } = statusWords(file);
  return (
    <span className={styles.status} data-tone={tone} data-status={file.status} title={explanation}>
      <i aria-hidden />
      {label}
      {file.status === 'extracting' && file.progress !== undefined && (
        <span className={styles.bar} aria-hidden>
          <b style={{ width: `${file.progress}%` }} />
        </span>
      )}
      {(tone === 'warn' || tone === 'bad') && <span className={styles.why}>{explanation}</span>}
    </span>
  );
}
