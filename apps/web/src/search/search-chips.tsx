import { hasOperator, toggleOperator, type SearchPlace } from './search-place.ts';
import styles from './search.module.css';

const CHIPS = [
  ['in:messages', 'Messages'],
  ['in:files', 'Files'],
  ['from:me', 'From me'],
  ['mentions:me', 'Mentions me'],
  ['has:link', 'Has a link'],
  ['has:file', 'Has a file'],
  ['has:image', 'Has a picture'],
  ['has:pin', 'Pinned'],
] as const;

type SearchChipsProps = { place: SearchPlace; inRoom: boolean; onChange: (place: SearchPlace) => void };

/** Operators by a click; they stand in the query like typed ones. */
export function SearchChips({ place, inRoom, onChange }: SearchChipsProps) {
  return (
    <div className={styles.chips} role="group" aria-label="Narrow the search">
      {inRoom && (
        <button type="button" aria-pressed={place.isHere} onClick={() => onChange({ ...place, isHere: !place.isHere })}>
          In this room
        </button>
      )}
      {CHIPS.map(([operator, label]) => (
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
        Newest first
      </button>
    </div>
  );
}
