import { t } from '@lingui/core/macro';
import { type Message, webhookPostOf } from '@atrium/contracts';
import { type FocusEvent, type ReactNode, memo, useId, useMemo, useState } from 'react';
import { ErrorBoundary } from '../kit/error-boundary.tsx';
import { isLong } from './is-long.ts';
import { Markdown } from './markdown.tsx';
import styles from './message-body.module.css';
import { type IsNamed, useNamed } from './named.ts';
import { isLoneEmoji, readText } from './read-text.ts';

export const MessageBody = memo(function MessageBody({ message }: { message: Message }) {
  const isNamed = useNamed(message.mentions);
  const post = useMemo(() => webhookPostOf(message), [message]);
  const text = post?.body ?? message.body;
  return (
    <FoldedText text={text}>
      <MessageText text={text} isNamed={isNamed} ofProgram={post !== undefined} />
    </FoldedText>
  );
});

/** What was written, as CommonMark. Most messages are plain words, which need no reader. */
export function MessageText({ text, isNamed, ofProgram = false }: { text: string; isNamed: IsNamed; ofProgram?: boolean }) {
  const tree = useMemo(() => readText(text, isNamed, ofProgram), [text, isNamed, ofProgram]);
  if (text === '') return null;
  const asWritten = (
    <p className={styles.plain} dir="auto">
      {text}
    </p>
  );
  return (
    <div className={`${styles.body} ${isLoneEmoji(text) ? styles.large : ''} ${ofProgram ? styles.ofProgram : ''}`}>
      {tree ? (
        <ErrorBoundary key={text} show={asWritten}>
          <Markdown tree={tree} />
        </ErrorBoundary>
      ) : (
        asWritten
      )}
    </div>
  );
}

/** A long message begins; the rest shows when someone wants it. */
function FoldedText({ text, children }: { text: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  if (!isLong(text)) return children;
  /** What lies below the fold and gets the focus is wanted. */
  const unfold = ({ target, currentTarget }: FocusEvent<HTMLElement>): void => {
    if (target.getBoundingClientRect().bottom > currentTarget.getBoundingClientRect().bottom) setOpen(true);
  };
  return (
    <>
      <div id={id} className={styles.long} data-folded={!open || undefined} onFocus={unfold}>
        {children}
      </div>
      <button type="button" className={styles.more} onClick={() => setOpen(!open)} aria-expanded={open} aria-controls={id}>
        {open ? t`Show less` : t`Show the whole message`}
      </button>
    </>
  );
}
