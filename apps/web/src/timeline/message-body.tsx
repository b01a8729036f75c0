import type { Message } from '@atrium/contracts';
import { Suspense, lazy, memo } from 'react';
import styles from './message-body.module.css';
import { isPlain } from './plain-text.ts';

// Not in the way of the first message; asked for with it all the same, since most rooms need it.
const loadMarkdown = () => import('./markdown.tsx').then((m) => ({ default: m.Markdown }));
const Markdown = lazy(loadMarkdown);
void loadMarkdown();

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
