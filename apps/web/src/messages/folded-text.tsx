import { t } from '@lingui/core/macro';
import { type FocusEvent, type ReactNode, useId, useState } from 'react';
import { isLong } from './is-long.ts';
import styles from './message-body.module.css';

/** A long message begins; the rest shows when someone wants it. */
export function FoldedText({ text, children }: { text: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  if (!isLong(text)) return children;
  /** What lies below the fold and gets the focus is wanted. */
  const unfold = ({ target, currentTarget }: FocusEvent<HTMLElement>): void => {
    if (target.getBoundingClientRect().bottom > currentTarget.getBoundingClientRect().bottom) setOpen(true);
  };
  return (
    <>
      <div id={id} className={styles.long} data-folded={!open || undefined} onFocus={unfold}>
        {children}
      </div>
      <button type="button" className={styles.more} onClick={() => setOpen(!open)} aria-expanded={open} aria-controls={id}>
        {open ? t`Show less` : t`Show the whole message`}
      </button>
    </>
  );
}
