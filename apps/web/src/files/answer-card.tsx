import { plural, t } from '@lingui/core/macro';
import type { Answer, Citation } from '@atrium/contracts';
import { ActionIcon } from '@mantine/core';
import { IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import { Fragment } from 'react';
import { Link } from 'react-router';
import { CitationChip } from './citation-chip.tsx';
import { FROM_PANEL, linkToDocument } from '../attachments/citation-place.ts';
import styles from './questions.module.css';
import { useFile } from './use-files.ts';

type AnswerCardProps = {
  answer: Answer;
  roomId: string;
  /** Says which files the quotes come from. */
  namesFiles: boolean;
  onRate: (helpful: boolean | null) => void;
};

/** A question and what the files say about it. */
export function AnswerCard({ answer, roomId, namesFiles, onRate }: AnswerCardProps) {
  const sources = [...new Set(answer.citations.map(({ fileId }) => fileId))];
  return (
    <article className={styles.exchange} aria-label={t`Answer`} data-status={answer.status}>
      <p className={styles.question}>{answer.question}</p>
      {answer.status === 'no_evidence' ? (
        <div className={styles.none}>
          <strong>{t`No evidence`}</strong>
          <span>{answer.answer}</span>
        </div>
      ) : (
        <div className={answer.status === 'closest' ? styles.closest : styles.answer}>
          <AnswerText text={answer.answer} citations={answer.citations} roomId={roomId} inRoom={namesFiles} />
        </div>
      )}
      {answer.queryUsed !== answer.question && <p className={styles.query}>{t`Searched for: ${answer.queryUsed}`}</p>}
      <footer className={styles.foot}>
        {namesFiles && sources.length > 0 && (
          <span className={styles.sources}>
            {sources.map((fileId) => (
              <SourceName key={fileId} roomId={roomId} fileId={fileId} />
            ))}
          </span>
        )}
        {answer.status === 'answered' && <span>{t`${Math.round(100 * answer.confidence)}% sure`}</span>}
        <span>{answer.cost === 0 ? t`Not charged` : plural(answer.cost, { one: '# credit', other: '# credits' })}</span>
        <Rating helpful={answer.helpful} onRate={onRate} />
      </footer>
    </article>
  );
}

function SourceName({ roomId, fileId }: { roomId: string; fileId: string }) {
  const file = useFile(roomId, fileId);
  return file.data ? (
    <Link to={linkToDocument(roomId, { fileId })} state={FROM_PANEL}>
      {file.data.name}
    </Link>
  ) : null;
}

function Rating({ helpful, onRate }: { helpful: boolean | undefined; onRate: (helpful: boolean | null) => void }) {
  const press = (value: boolean): void => onRate(helpful === value ? null : value);
  return (
    <>
      <ActionIcon size={28} aria-label={t`Helpful`} aria-pressed={helpful === true} onClick={() => press(true)}>
        <IconThumbUp size={16} stroke={1.7} />
      </ActionIcon>
      <ActionIcon size={28} aria-label={t`Not helpful`} aria-pressed={helpful === false} onClick={() => press(false)}>
        <IconThumbDown size={16} stroke={1.7} />
      </ActionIcon>
    </>
  );
}

/** Puts each `[n]` of an answer as a chip in its place; citations the text does not name follow at its end. */
type AnswerTextProps = { text: string; citations: readonly Citation[]; roomId: string; inRoom: boolean };

function AnswerText({ text, citations, roomId, inRoom }: AnswerTextProps) {
  const byNumber = new Map(citations.map((citation) => [citation.n, citation]));
  const parts = text.split(/(\[\d+\])/);
  const named = new Set(parts.flatMap((part) => (/^\[\d+\]$/.test(part) ? [Number(part.slice(1, -1))] : [])));
  const rest = citations.filter((citation) => !named.has(citation.n));
  return (
    <p>
      {parts.map((part, index) => {
        const citation = /^\[\d+\]$/.test(part) ? byNumber.get(Number(part.slice(1, -1))) : undefined;
        return citation ? (
          <CitationChip key={index} citation={citation} roomId={roomId} inRoom={inRoom} />
        ) : (
          <Fragment key={index}>{part}</Fragment>
        );
      })}
      {rest.map((citation) => (
        <CitationChip key={`rest-${citation.n}`} citation={citation} roomId={roomId} inRoom={inRoom} />
      ))}
    </p>
  );
}
