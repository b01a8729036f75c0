import { t } from '@lingui/core/macro';
import { Button, SegmentedControl } from '@mantine/core';
import type { FileRecord } from '@atrium/contracts';
import { Suspense, lazy, useCallback, useEffect, useRef, useState } from 'react';
import { useImage } from '../attachments/shown-images.ts';
import { showError } from '../kit/toasts.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { refreshFile } from '../live/entry-queries.ts';
import { type JoinedRoom, isModerator } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import type { Passage } from '../attachments/citation-place.ts';
import { cutAround } from '../attachments/code-points.ts';
import { isAskable, isRetryable, statusWords } from '../attachments/file-status.ts';
import styles from './file-view.module.css';
import { isCode } from '../attachments/is-code.ts';
import { scrollWithin } from '../attachments/scroll-within.ts';
import { useFileText } from './use-files.ts';
import { ReplacedNotice } from './version-menu.tsx';
import { problemText } from '../language/problem-text.ts';

const PdfPages = lazy(() => import('../document/pdf-pages.tsx').then((m) => ({ default: m.PdfPages })));

type DocumentViewProps = {
  file: FileRecord;
  room: JoinedRoom;
  passage: Passage | undefined;
  /** Where other versions of it are shown. */
  linkTo: (fileId: string) => string;
};

/** The document with the cited passage marked: the pages of a PDF as they were made, its picture, or its text. */
export function DocumentView({ file, room, passage, linkTo }: DocumentViewProps) {
  const { showsPages, choice, reason, onTextOnly, choose } = useShownSide(file, passage);
  const { pages, error, retry } = useFileText(file, !showsPages || passage !== undefined);
  const isImage = /^image\/(png|jpe?g|gif|webp)$/.test(file.contentType);
  return (
    <section className={styles.document} aria-label={t`Document`} tabIndex={0} data-scrolls>
      {choice && <SideChoice value={showsPages ? 'pages' : 'text'} onChange={choose} />}
      <ReplacedNotice file={file} linkTo={linkTo} />
      {isImage && !file.threat && <ImagePreview file={file} />}
      {!isAskable(file.status) && (!isImage || file.threat) && <Unread file={file} room={room} />}
      {file.status === 'partial' && <p className={styles.partial}>{statusWords(file).explanation}</p>}
      {reason && <p className={styles.partial}>{t`${reason} This is its text.`}</p>}
      {error && <Problem title={t`The text cannot be shown`} detail={problemText(error)} action={t`Try again`} onAction={retry} />}
      {showsPages ? (
        <Suspense fallback={<PanelSkeleton />}>
          <PdfPages
            file={file}
            passage={passage}
            passageText={pages?.find(({ page }) => page === passage?.page)?.text}
            onTextOnly={onTextOnly}
          />
        </Suspense>
      ) : (
        <>
          {isAskable(file.status) && !pages && !error && <PanelSkeleton />}
          {pages?.map(({ page, text }) => (
            <Page
              key={page}
              page={page}
              text={text}
              count={pages.length}
              isCode={isCode(file)}
              passage={passage?.page === page ? passage : undefined}
            />
          ))}
        </>
      )}
    </section>
  );
}

type Side = 'pages' | 'text';

/** A PDF is shown as its pages, unless one wants its text, or a passage is not found on them. */
function useShownSide(file: FileRecord, passage: Passage | undefined) {
  const [wanted, choose] = useState<Side>('pages');
  const [inText, setInText] = useState<{ place: string; reason: string }>();
  const hasPages = file.contentType === 'application/pdf' && (isAskable(file.status) || file.status === 'no_text');
  const place = passage ? `${passage.page}-${passage.start}-${passage.end}` : '';
  const onTextOnly = useCallback((reason: string) => setInText({ place, reason }), [place]);
  const reason = inText?.place === place ? inText.reason : undefined;
  const showsPages = hasPages && wanted === 'pages' && (reason === undefined || !isAskable(file.status));
  return {
    showsPages,
    choice: hasPages && isAskable(file.status) && reason === undefined,
    reason: hasPages ? reason : undefined,
    onTextOnly,
    choose,
  };
}

function SideChoice({ value, onChange }: { value: Side; onChange: (side: Side) => void }) {
  return (
    <SegmentedControl
      className={styles.sideChoice}
      size="xs"
      aria-label={t`What is shown`}
      value={value}
      onChange={(side) => onChange(side === 'text' ? 'text' : 'pages')}
      data={[
        { value: 'pages', label: t`Pages` },
        { value: 'text', label: t`Text` },
      ]}
    />
  );
}

type PageProps = { page: number; text: string; count: number; isCode: boolean; passage: Passage | undefined };

function Page({ page, text, count, isCode, passage }: PageProps) {
  const mark = useRef<HTMLElement>(null);
  const place = passage && `${passage.start}-${passage.end}`;
  useEffect(() => {
    if (place !== undefined) scrollWithin(mark.current, 'middle');
  }, [place]);
  const parts = passage ? cutAround(text, passage.start, passage.end) : [{ text, marked: false }];
  return (
    <article className={styles.page} aria-label={t`Page ${page}`}>
      {count > 1 && (
        <div className={styles.pageNumber}>
          {page} / {count}
        </div>
      )}
      <div className={styles.pageText} data-code={isCode || undefined}>
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
            aria-label={t`Reading the file`}
            aria-valuenow={file.progress ?? 0}
            aria-valuemin={0}
            aria-valuemax={100}
          >
            <i style={{ width: `${file.progress ?? 4}%` }} />
          </div>
        )}
        {mayRetry && (
          <Button variant="default" onClick={again}>
            {t`Read it again`}
          </Button>
        )}
      </Problem>
    </div>
  );
}

function ImagePreview({ file }: { file: FileRecord }) {
  const { url, error } = useImage(file.roomId, file.id);
  if (error) return <p className={styles.partial}>{problemText(error)}</p>;
  return <div className={styles.image}>{url && <img src={url} alt={file.name} />}</div>;
}
