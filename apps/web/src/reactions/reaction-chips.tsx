import { t } from '@lingui/core/macro';
import type { Message, Reaction } from '@atrium/contracts';
import { Suspense, lazy, useState } from 'react';
import { Tip } from '../kit/tip.tsx';
import { useNames } from '../live/use-live.ts';
import { toggleReaction } from './react.ts';
import styles from './reaction-chips.module.css';

const ReactionsDialog = lazy(() => import('./reactions-dialog.tsx').then((m) => ({ default: m.ReactionsDialog })));
const NAMED = 8;

/** What people think of a message; pressing a chip joins them or leaves them. */
export function ReactionChips({ message }: { message: Message }) {
  const [open, setOpen] = useState(false);
  if (message.reactions.length === 0) return null;
  return (
    <div className={styles.chips} role="group" aria-label={t`Reactions`}>
      {message.reactions.map((reaction) => (
        <Chip key={reaction.emoji} message={message} reaction={reaction} />
      ))}
      <button type="button" className={styles.who} onClick={() => setOpen(true)}>
        {t`Who reacted`}
      </button>
      {open && (
        <Suspense fallback={null}>
          <ReactionsDialog message={message} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Chip({ message, reaction }: { message: Message; reaction: Reaction }) {
  const nameOf = useNames();
  const { emoji, count, userIds, mine = false } = reaction;
  const named = userIds.slice(0, NAMED).map(nameOf);
  const others = count - named.length;
  const names = others > 0 ? t`${named.join(', ')} and ${others} more` : named.join(', ');
  return (
    <Tip label={names} place="above">
      <button
        type="button"
        className={styles.chip}
        aria-pressed={mine}
        aria-label={`${emoji} ${count}: ${names}`}
        onClick={() => toggleReaction(message, emoji)}
      >
        <span aria-hidden>{emoji}</span>
        <span aria-hidden className={styles.count}>
          {count}
        </span>
      </button>
    </Tip>
  );
}
