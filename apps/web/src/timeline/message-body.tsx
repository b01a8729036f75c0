import type { Message } from '@atrium/contracts';
import { Suspense, lazy, memo } from 'react';
import styles from './message-body.module.css';
import { isPlain } from './plain-text.ts';

// Most messages are plain words; what reads markup comes when the first message needs it.
const Markdown = lazy(() => import('./markdown.tsx').then((m) => ({ default: m.Markdown })));

export const MessageBody = memo(function MessageBody({ message }: { message: Message }) {
  return <MessageText text={message.body} />;
});

/** What was written, as CommonMark. */
export function MessageText({ text }: { text: string }) {
  if (text === '') return null;
  const plain = <p className={styles.plain}>{text}</p>;
  if (isPlain(text)) return <div className={styles.body}>{plain}</div>;
  return (
    <div className={styles.body}>
      <Suspense fallback={plain}>
        <Markdown text={text} />
      </Suspense>
    </div>
  );
}
