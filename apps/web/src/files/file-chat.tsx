import { plural, t } from '@lingui/core/macro';
import type { FileRecord, Guide } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { Problem } from '../kit/problem.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { CitationChip } from './citation-chip.tsx';
import { isAskable, statusWords } from '../attachments/file-status.ts';
import { Questions, QuestionTools } from './questions.tsx';
import styles from './questions.module.css';
import { useQuestions } from './use-questions.ts';

/** The conversation with one file. */
export function FileChat({ file, room }: { file: FileRecord; room: JoinedRoom }) {
  const chat = useQuestions(room.id, file.id);
  const ready = isAskable(file.status);
  const guide = useQuery({
    queryKey: ['file-guide', room.id, file.id, file.version],
    queryFn: () => client.files.guide(room.id, file.id),
    enabled: ready,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <section className={styles.chat} aria-label={t`Questions to this file`}>
      <header className={styles.head}>
        <h2>{t`Questions`}</h2>
        <QuestionTools chat={chat} roomId={room.id} fileId={file.id} />
      </header>
      <Questions chat={chat} roomId={room.id} fileId={file.id} disabled={!ready}>
        {!ready && <Problem title={t`Not ready for questions`} detail={statusWords(file).explanation} />}
        {ready && <Arrival guide={guide.data} roomId={room.id} cost={chat.cost} onAsk={chat.ask} />}
      </Questions>
    </section>
  );
}

type ArrivalProps = { guide: Guide | undefined; roomId: string; cost: number | undefined; onAsk: (question: string) => Promise<unknown> };

/** Before the first question: what the file is about in its own words, and questions that it answers. */
function Arrival({ guide, roomId, cost, onAsk }: ArrivalProps) {
  if (!guide || (guide.summary.length === 0 && guide.questions.length === 0)) {
    return (
      <Problem
        title={t`Ask this file something`}
        detail={t`Answers are quoted from the file, each with the place it comes from. ${priceOf(cost)}`}
      />
    );
  }
  return (
    <div className={styles.guide}>
      {guide.summary.length > 0 && (
        <>
          <h3>{t`What it is about`}</h3>
          <ul>
            {guide.summary.map((citation) => (
              <li key={citation.n}>
                {citation.quote} <CitationChip citation={citation} roomId={roomId} />
              </li>
            ))}
          </ul>
        </>
      )}
      {guide.questions.length > 0 && (
        <>
          <h3>{t`Questions it can answer`}</h3>
          <div className={styles.suggested}>
            {guide.questions.map((question) => (
              // What went wrong is shown below, beside the form.
              <button type="button" key={question} onClick={() => void onAsk(question).catch(() => undefined)}>
                {question}
              </button>
            ))}
          </div>
        </>
      )}
      <p className={styles.query}>{priceOf(cost)}</p>
    </div>
  );
}

/** Only what answers is charged. */
export const priceOf = (cost: number | undefined): string =>
  cost === undefined
    ? ''
    : t`An answer costs ${plural(cost, { one: '# credit', other: '# credits' })}; what is not answered costs nothing.`;
