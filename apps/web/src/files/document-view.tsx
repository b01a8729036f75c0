import { Button } from '@mantine/core';
import type { FileRecord } from '@atrium/contracts';
import { useEffect, useRef } from 'react';
import { showError } from '../app/toasts.tsx';
import { PanelSkeleton } from '../layout/panel-skeleton.tsx';
import { Problem } from '../layout/problem.tsx';
import { refreshFile } from '../live/entry-queries.ts';
import { type JoinedRoom, isModerator } from '../rooms/joined-room.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import type { Passage } from './citation-place.ts';
import { cutAround } from './code-points.ts';
import { isAskable, isRetryable, statusWords } from './file-status.ts';
import styles from './file-view.module.css';
import { ImagePreview } from './image-preview.tsx';
import { useFileText } from './use-files.ts';

type DocumentViewProps = { file: FileRecord; room: JoinedRoom; passage: Passage | undefined };

/** The document as it can be read: its pages with the cited passage marked, or its picture. */
export function DocumentView({ file, room, passage }: DocumentViewProps) {
  const { pages, error, retry } = useFileText(file);
  const isImage = /^image\/(png|jpe?g|gif|webp)$/.test(file.contentType);
  return (
    <section className={styles.document} aria-label="Document" tabIndex={0}>
      {isImage && <ImagePreview file={file} />}
      {!isAskable(file.status) && !isImage && <Unread file={file} room={room} />}
      {file.status === 'partial' && <p className={styles.partial}>{statusWords(file).explanation}</p>}
      {error && <Problem title="The text cannot be shown" detail={error.detail} action="Try again" onAction={retry} />}
      {isAskable(file.status) && !pages && !error && <PanelSkeleton />}
      {pages?.map(({ page, text }) => (
        <Page key={page} page={page} text={text} count={pages.length} passage={passage?.page === page ? passage : undefined} />
      ))}
    </section>
  );
}

type PageProps = { page: number; text: string; count: number; passage: Passage | undefined };

function Page({ page, text, count, passage }: PageProps) {
  const mark = useRef<HTMLElement>(null);
  const place = passage && `${passage.start}-${passage.end}`;
  useEffect(() => {
    if (place !== undefined) mark.current?.scrollIntoView({ block: 'center' });
  }, [place]);
  const parts = passage ? cutAround(text, passage.start, passage.end) : [{ text, marked: false }];
  return (
    <article className={styles.page} aria-label={`Page ${page}`}>
      {count > 1 && (
        <div className={styles.pageNumber}>
          {page} / {count}
        </div>
      )}
      <div className={styles.pageText}>
        {parts.map((part, index) =>
          part.marked ? (
            <mark key={index} ref={mark}>
              {part.text}
            </mark>
          ) : (
            <span key={index}>{part.text}</span>
          ),
        )}
      </div>
    </article>
  );
}

/** Nothing to read, not yet or not at all: why, and what can be done. */
function Unread({ file, room }: { file: FileRecord; room: JoinedRoom }) {
  const me = useMe();
  const { label, explanation, tone } = statusWords(file);
  const mayRetry = isRetryable(file.status) && (file.uploaderId === me.id || isModerator(room));
  const again = (): void => void client.files.retry(room.id, file.id).then(() => refreshFile(room.id, file.id), showError);
  return (
    <div className={styles.unread} aria-live="polite">
      <Problem title={label} detail={explanation}>
        {tone === 'busy' && (
          <div
            className={styles.progress}
            role="progressbar"
            aria-label="Reading the file"
            aria-valuenow={file.progress ?? 0}
            aria-valuemin={0}
            aria-valuemax={100}
          >
            <i style={{ width: `${file.progress ?? 4}%` }} />
          </div>
        )}
        {mayRetry && (
          <Button variant="default" onClick={again}>
            Read it again
          </Button>
        )}
      </Problem>
    </div>
  );
}
