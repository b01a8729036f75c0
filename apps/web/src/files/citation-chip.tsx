import { t } from '@lingui/core/macro';
import { Tooltip } from '@mantine/core';
import type { Citation } from '@atrium/contracts';
import { Link } from 'react-router';
import { FROM_PANEL, linkToDocument, linkToFile } from '../attachments/citation-place.ts';
import styles from './questions.module.css';

type CitationChipProps = {
  citation: Citation;
  roomId: string;
  /** Opens the document beside the conversation of the room, rather than beside that with the file. */
  inRoom?: boolean;
};

/** Where an answer comes from: hover shows the quote, a click opens the page at it. */
export function CitationChip({ citation, roomId, inRoom }: CitationChipProps) {
  return (
    <Tooltip
      multiline
      maw={360}
      openDelay={150}
      label={
        <>
          <span className={styles.quote}>“{citation.quote}”</span>
          <span className={styles.quotePage}>{t`Page ${citation.page}`}</span>
        </>
      }
    >
      <Link
        className={styles.chip}
        to={inRoom ? linkToDocument(roomId, citation) : linkToFile(roomId, citation)}
        state={inRoom ? FROM_PANEL : undefined}
        aria-label={t`Citation ${citation.n}, page ${citation.page}`}
      >
        {citation.n}
      </Link>
    </Tooltip>
  );
}
