import type { Message } from '@atrium/contracts';
import { memo } from 'react';
import { Otherwise } from '../layout/otherwise.tsx';
import { Markdown } from './markdown.tsx';
import styles from './message-body.module.css';
import { isNestedBeyondReason, isPlain } from './plain-text.ts';

export const MessageBody = memo(function MessageBody({ message }: { message: Message }) {
  return <MessageText text={message.body} />;
});

/** What was written, as CommonMark. Most messages are plain words, which need no reader. */
export function MessageText({ text }: { text: string }) {
  if (text === '') return null;
  const plain = (
    <p className={styles.plain} dir="auto">
      {text}
    </p>
  );
  return (
    <div className={styles.body}>
      {isPlain(text) || isNestedBeyondReason(text) ? (
        plain
      ) : (
        <Otherwise key={text} show={plain}>
          <Markdown text={text} />
        </Otherwise>
      )}
    </div>
  );
}
