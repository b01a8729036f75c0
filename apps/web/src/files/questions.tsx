import { plural, t } from '@lingui/core/macro';
import type { AtriumError } from '@atrium/client';
import { ActionIcon } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { showError } from '../kit/toasts.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { Tip } from '../kit/tip.tsx';
import { useMe } from '../session/use-session.ts';
import { AnswerCard } from './answer-card.tsx';
import { ClearHistory } from './clear-history.tsx';
import { downloadAnswers } from '../attachments/download.ts';
import { QuestionForm } from './question-form.tsx';
import styles from './questions.module.css';
import type { useQuestions } from './use-questions.ts';
import { problemText } from '../language/problem-text.ts';

type QuestionsProps = {
  chat: ReturnType<typeof useQuestions>;
  roomId: string;
  /** One file; without it the room's files. */
  fileId?: string;
  /** Which of the room's files are asked; without it all. */
  fileIds?: readonly string[];
  disabled: boolean;
  /** Shown before the first question. */
  children: ReactNode;
};

/** Questions to files, and answers made of their own words. */
export function Questions({ chat, roomId, fileId, fileIds, disabled, children }: QuestionsProps) {
  const me = useMe();
  const end = useRef<HTMLDivElement>(null);
  const newest = chat.answers.at(-1)?.id ?? '';
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [newest, chat.asking, chat.arriving]);
  const isNew = !chat.isPending && !chat.error && chat.answers.length === 0 && !chat.asking;
  return (
    <>
      <div className={styles.answers} role="log" aria-label={t`Answers`} tabIndex={0}>
        {chat.hasEarlier && (
          <button type="button" className={styles.earlier} onClick={chat.loadEarlier}>
            {t`Show earlier questions`}
          </button>
        )}
        {chat.isPending && <PanelSkeleton />}
        {chat.error && (
          <Problem title={t`The history cannot be shown`} detail={problemText(chat.error)} action={t`Try again`} onAction={chat.retry} />
        )}
        {isNew && children}
        {chat.answers.map((answer) => (
          <AnswerCard
            key={answer.id}
            answer={answer}
            roomId={roomId}
            namesFiles={fileId === undefined}
            onRate={(helpful) => chat.rate(answer.id, helpful)}
          />
        ))}
        {chat.asking && <Asking question={chat.asking} arriving={chat.arriving} onStop={chat.stop} />}
        <div ref={end} />
      </div>
      {chat.failure && <Failure error={chat.failure} />}
      <QuestionForm
        label={fileId === undefined ? t`Ask the files of this room` : t`Ask this file`}
        cost={chat.cost}
        disabled={disabled || chat.asking !== undefined}
        onAsk={(question) => chat.ask(question, fileIds)}
        draftKey={`ask.${me.id}.${fileId ?? roomId}`}
      />
    </>
  );
}

/** A question under way, with as much of its answer as has come. */
function Asking({ question, arriving, onStop }: { question: string; arriving: string; onStop: () => void }) {
  return (
    <div className={styles.exchange}>
      <p className={styles.question}>{question}</p>
      {arriving === '' ? (
        <p className={styles.thinking} role="status">
          {t`Reading…`}
        </p>
      ) : (
        <p className={styles.answer}>{arriving}</p>
      )}
      <button type="button" className={styles.earlier} onClick={onStop}>
        {t`Stop`}
      </button>
    </div>
  );
}

/** What is left to ask with, and what can be done with the answers. */
export function QuestionTools({ chat, roomId, fileId }: Pick<QuestionsProps, 'chat' | 'roomId' | 'fileId'>) {
  const me = useMe();
  return (
    <>
      <span>{plural(me.credits, { one: '# credit left', other: '# credits left' })}</span>
      {chat.answers.length > 0 && (
        <>
          <Tip label={t`Save the answers`}>
            <ActionIcon aria-label={t`Save the answers`} onClick={() => void downloadAnswers(roomId, fileId).catch(showError)}>
              <IconDownload size={18} stroke={1.7} />
            </ActionIcon>
          </Tip>
          <ClearHistory count={chat.answers.length} onClear={chat.clear} />
        </>
      )}
    </>
  );
}

/** What a question that was not answered costs: nothing, and it says so. */
function Failure({ error }: { error: AtriumError }) {
  const text =
    error.code === 'insufficient_credits'
      ? t`You have no credits left. Ask an admin for more; nothing was charged.`
      : t`${problemText(error)} Nothing was charged.`;
  return (
    <p className={styles.failure} role="alert" data-code={error.code}>
      {text}
    </p>
  );
}
