import { AtriumError } from '@atrium/client';
import { ActionIcon } from '@mantine/core';
import type { FileRecord } from '@atrium/contracts';
import { IconEraser } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Tip } from '../layout/tip.tsx';
import { PanelSkeleton } from '../layout/panel-skeleton.tsx';
import { Problem } from '../layout/problem.tsx';
import type { JoinedRoom } from '../rooms/joined-room.ts';
import { useMe } from '../session/use-session.ts';
import { AnswerCard } from './answer-card.tsx';
import styles from './file-chat.module.css';
import { isAskable, statusWords } from './file-status.ts';
import { QuestionForm } from './question-form.tsx';
import { useFileChat } from './use-file-chat.ts';

/** The conversation with one file: questions, and answers made of its own words. */
export function FileChat({ file, room }: { file: FileRecord; room: JoinedRoom }) {
  const me = useMe();
  const chat = useFileChat(room.id, file.id);
  const end = useRef<HTMLDivElement>(null);
  const ready = isAskable(file.status);
  const newest = chat.answers.at(-1)?.id ?? '';
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [newest, chat.asking]);
  return (
    <section className={styles.chat} aria-label="Questions to this file">
      <header className={styles.head}>
        <h2>Questions</h2>
        <span>{me.credits === 1 ? '1 credit left' : `${me.credits} credits left`}</span>
        {chat.answers.length > 0 && (
          <Tip label="Clear the history">
            <ActionIcon aria-label="Clear the history" onClick={chat.clear}>
              <IconEraser size={18} stroke={1.7} />
            </ActionIcon>
          </Tip>
        )}
      </header>
      <div className={styles.answers} role="log" aria-label="Answers" tabIndex={0}>
        {chat.hasEarlier && (
          <button type="button" className={styles.earlier} onClick={chat.loadEarlier}>
            Show earlier questions
          </button>
        )}
        {chat.isPending && <PanelSkeleton />}
        {chat.error && <Problem title="The history cannot be shown" detail={chat.error.detail} action="Try again" onAction={chat.retry} />}
        {!chat.isPending && !chat.error && chat.answers.length === 0 && !chat.asking && (
          <Problem
            title={ready ? 'Ask this file something' : 'Not ready for questions'}
            detail={
              ready
                ? 'Answers are quoted from the file, each with the place it comes from. A question costs 1 credit.'
                : statusWords(file).explanation
            }
          />
        )}
        {chat.answers.map((answer) => (
          <AnswerCard key={answer.id} answer={answer} roomId={room.id} />
        ))}
        {chat.asking && (
          <div className={styles.exchange}>
            <p className={styles.question}>{chat.asking}</p>
            <p className={styles.thinking} role="status">
              Reading…
            </p>
          </div>
        )}
        <div ref={end} />
      </div>
      {chat.failure && <Failure error={chat.failure} />}
      <QuestionForm disabled={!ready || chat.asking !== undefined} onAsk={chat.ask} draftKey={`ask.${file.id}`} />
    </section>
  );
}

/** What a question that was not answered costs: nothing, and it says so. */
function Failure({ error }: { error: AtriumError }) {
  const text =
    error.code === 'insufficient_credits'
      ? 'You have no credits left. Ask an admin for more; nothing was charged.'
      : `${error.detail} Nothing was charged.`;
  return (
    <p className={styles.failure} role="alert" data-code={error.code}>
      {text}
    </p>
  );
}
