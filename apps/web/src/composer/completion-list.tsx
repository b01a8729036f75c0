import { t } from '@lingui/core/macro';
import { Avatar } from '../people/avatar.tsx';
import type { Suggestion } from '../writing/completion.ts';
import styles from './composer.module.css';

type CompletionListProps = {
  id: string;
  suggestions: readonly Suggestion[];
  selected: number;
  onSelect: (index: number) => void;
  onTake: (suggestion: Suggestion) => void;
};

export function CompletionList({ id, suggestions, selected, onSelect, onTake }: CompletionListProps) {
  if (suggestions.length === 0) return null;
  return (
    <ul id={id} role="listbox" aria-label={t`Suggestions`} className={styles.suggestions}>
      {suggestions.map((suggestion, index) => (
        <li
          key={suggestion.key}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === selected}
          onPointerMove={() => onSelect(index)}
          // The field keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(suggestion)}
        >
          {suggestion.userId && <Avatar userId={suggestion.userId} size={24} />}
          <span>{suggestion.label}</span>
          <small>{suggestion.hint}</small>
        </li>
      ))}
    </ul>
  );
}
