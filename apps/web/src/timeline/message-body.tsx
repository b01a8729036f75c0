import type { Message } from '@atrium/contracts';
import { memo } from 'react';
import { Markdown } from './markdown.tsx';
import styles from './message-body.module.css';
import { isPlain } from './plain-text.ts';

export const MessageBody = memo(function MessageBody({ message }: { message: Message }) {
  return <MessageText text={message.body} />;
});

/** What was written, as CommonMark. Most messages are plain words, which need no reader. */
export function MessageText({ text }: { text: string }) {
  if (text === '') return null;
  return <div className={styles.body}>{isPlain(text) ? <p className={styles.plain}>{text}</p> : <Markdown text={text} />}</div>;
}
