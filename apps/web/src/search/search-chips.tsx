import { t } from '@lingui/core/macro';
import { hasOperator, toggleOperator, type SearchPlace } from './search-place.ts';
import styles from './search.module.css';

const chips = () =>
  [
    ['in:messages', t`Messages`],
    ['in:files', t`Files`],
    ['from:me', t`From me`],
    ['mentions:me', t`Mentions me`],
    ['has:link', t`Has a link`],
    ['has:file', t`Has a file`],
    ['has:image', t`Has a picture`],
    ['has:pin', t`Pinned`],
  ] as const;

type SearchChipsProps = { place: SearchPlace; inRoom: boolean; onChange: (place: SearchPlace) => void };

/** Operators by a click; they stand in the query like typed ones. */
export function SearchChips({ place, inRoom, onChange }: SearchChipsProps) {
  return (
    <div className={styles.chips} role="group" aria-label={t`Narrow the search`}>
      {inRoom && (
        <button type="button" aria-pressed={place.isHere} onClick={() => onChange({ ...place, isHere: !place.isHere })}>
          {t`In this room`}
        </button>
      )}
      {chips().map(([operator, label]) => (
        <button
          key={operator}
          type="button"
          title={operator}
          aria-pressed={hasOperator(place.q, operator)}
          onClick={() => onChange({ ...place, q: toggleOperator(place.q, operator) })}
        >
          {label}
        </button>
      ))}
      <button
        type="button"
        aria-pressed={place.sort === 'newest'}
        onClick={() => onChange({ ...place, sort: place.sort === 'newest' ? 'relevance' : 'newest' })}
      >
        {t`Newest first`}
      </button>
    </div>
  );
}
