import type { Answer, Citation } from '@atrium/contracts';
import { Fragment } from 'react';
import { CitationChip } from './citation-chip.tsx';
import styles from './file-chat.module.css';

/** A question and what the file says about it. */
export function AnswerCard({ answer, roomId }: { answer: Answer; roomId: string }) {
  return (
    <article className={styles.exchange} aria-label="Answer" data-status={answer.status}>
      <p className={styles.question}>{answer.question}</p>
      {answer.status === 'no_evidence' ? (
        <div className={styles.none}>
          <strong>No evidence</strong>
          <span>{answer.answer}</span>
        </div>
      ) : (
        <div className={styles.answer}>
          <AnswerText text={answer.answer} citations={answer.citations} roomId={roomId} />
        </div>
      )}
      {answer.queryUsed !== answer.question && <p className={styles.query}>Searched for: {answer.queryUsed}</p>}
    </article>
  );
}

/** Puts each `[n]` of an answer as a chip in its place; citations the text does not name follow at its end. */
function AnswerText({ text, citations, roomId }: { text: string; citations: readonly Citation[]; roomId: string }) {
  const byNumber = new Map(citations.map((citation) => [citation.n, citation]));
  const parts = text.split(/(\[\d+\])/);
  const named = new Set(parts.flatMap((part) => (/^\[\d+\]$/.test(part) ? [Number(part.slice(1, -1))] : [])));
  const rest = citations.filter((citation) => !named.has(citation.n));
  return (
    <p>
      {parts.map((part, index) => {
        const citation = /^\[\d+\]$/.test(part) ? byNumber.get(Number(part.slice(1, -1))) : undefined;
        return citation ? <CitationChip key={index} citation={citation} roomId={roomId} /> : <Fragment key={index}>{part}</Fragment>;
      })}
      {rest.map((citation) => (
        <CitationChip key={`rest-${citation.n}`} citation={citation} roomId={roomId} />
      ))}
    </p>
  );
}
