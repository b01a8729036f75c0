import { Tooltip } from '@mantine/core';
import type { Citation } from '@atrium/contracts';
import { Link } from 'react-router';
import { linkToCitation } from './citation-place.ts';
import styles from './questions.module.css';

/** Where an answer comes from: hover shows the quote, a click opens the page at it. */
export function CitationChip({ citation, roomId }: { citation: Citation; roomId: string }) {
  return (
    <Tooltip
      multiline
      maw={360}
      openDelay={150}
      label={
        <>
          <span className={styles.quote}>“{citation.quote}”</span>
          <span className={styles.quotePage}>Page {citation.page}</span>
        </>
      }
    >
      <Link className={styles.chip} to={linkToCitation(roomId, citation)} aria-label={`Citation ${citation.n}, page ${citation.page}`}>
        {citation.n}
      </Link>
    </Tooltip>
  );
}
