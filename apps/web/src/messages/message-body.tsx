import { type Message, webhookPostOf } from '@atrium/contracts';
import { memo, useMemo } from 'react';
import { ErrorBoundary } from '../kit/error-boundary.tsx';
import { FoldedText } from './folded-text.tsx';
import { isLoneEmoji } from './lone-emoji.ts';
import { Markdown } from './markdown.tsx';
import styles from './message-body.module.css';
import { type IsNamed, useNamed } from './named.ts';
import { readText } from './read-text.ts';

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
