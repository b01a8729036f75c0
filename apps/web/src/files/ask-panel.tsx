import { plural, t } from '@lingui/core/macro';
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { PanelHeader } from '../kit/panel.tsx';
import { Problem } from '../kit/problem.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import { priceOf } from './file-chat.tsx';
import { isAskable } from '../attachments/file-status.ts';
import { Questions, QuestionTools } from './questions.tsx';
import styles from './questions.module.css';
import { useFiles } from './use-files.ts';
import { useQuestions } from './use-questions.ts';

/** One question goes to so many files at most, unless it goes to all. */
const MOST_CHOSEN = 50;

/** Questions to all files of a room, or to some of them. */
export function AskPanel({ room, onClose }: { room: JoinedRoom; onClose: () => void }) {
  const chat = useQuestions(room.id);
  const { files, isPending, hasNextPage, fetchNextPage } = useFiles(room.id);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const askable = files.filter((file) => isAskable(file.status));
  const toggle = (id: string): void => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const some = chosen.filter((id) => askable.some((file) => file.id === id));
  const isFull = some.length >= MOST_CHOSEN;
  const isEmpty = !isPending && askable.length === 0;
  return (
    <>
      <PanelHeader title={t`Ask the files`} onClose={onClose} />
      <div className={styles.tools}>
        <QuestionTools chat={chat} roomId={room.id} />
      </div>
      {askable.length > 0 && (
        <details className={styles.choice}>
          <summary>
            {some.length === 0 ? t`Asking all files that are read` : plural(some.length, { one: 'Asking # file', other: 'Asking # files' })}
          </summary>
          <div role="group" aria-label={t`Files to ask`}>
            {isFull && <p className={styles.hint}>{t`${MOST_CHOSEN} files are the most at once. Choose none to ask all.`}</p>}
            {askable.map((file) => (
              <Checkbox
                key={file.id}
                label={file.name}
                checked={chosen.includes(file.id)}
                disabled={isFull && !chosen.includes(file.id)}
                onChange={() => toggle(file.id)}
              />
            ))}
            {hasNextPage && (
              <button type="button" className={styles.earlier} onClick={() => void fetchNextPage()}>
                {t`Show more files`}
              </button>
            )}
          </div>
        </details>
      )}
      <Questions chat={chat} roomId={room.id} disabled={isEmpty} {...(some.length > 0 ? { fileIds: some } : {})}>
        {isEmpty ? (
          <Problem
            title={t`Nothing to ask yet`}
            detail={t`Add a file to the room. Once its text is read, you can ask it questions here.`}
          />
        ) : (
          <Problem
            title={t`Ask what stands in the files`}
            detail={t`Answers are quoted from the files, each with the place it comes from. ${priceOf(chat.cost)}`}
          />
        )}
      </Questions>
    </>
  );
}
