import type { Message } from '@atrium/contracts';
import { isPlain } from '@atrium/markup';
import { lazy, memo, Suspense } from 'react';
import { Otherwise } from '../layout/otherwise.tsx';
import { FoldedText } from './folded-text.tsx';
import { isLoneEmoji } from './lone-emoji.ts';
import styles from './message-body.module.css';
import { type IsNamed, useNamed } from './named.ts';

const MarkdownText = lazy(() => import('./markdown.tsx').then((m) => ({ default: m.MarkdownText })));

export const MessageBody = memo(function MessageBody({ message }: { message: Message }) {
  const isNamed = useNamed(message.mentions);
  return (
    <FoldedText text={message.body}>
      <MessageText text={message.body} isNamed={isNamed} />
    </FoldedText>
  );
});

/** What was written, as CommonMark. Most messages are plain words; the reader of Markdown comes with the first that is not. */
export function MessageText({ text, isNamed }: { text: string; isNamed: IsNamed }) {
  if (text === '') return null;
  const asWritten = (
    <p className={styles.plain} dir="auto">
      {text}
    </p>
  );
  return (
    <div className={`${styles.body} ${isLoneEmoji(text) ? styles.large : ''}`}>
      {isPlain(text) ? (
        asWritten
      ) : (
        <Otherwise key={text} show={asWritten}>
          <Suspense fallback={<div className={styles.awaiting}>{asWritten}</div>}>
            <MarkdownText text={text} isNamed={isNamed} asWritten={asWritten} />
          </Suspense>
        </Otherwise>
      )}
    </div>
  );
}
