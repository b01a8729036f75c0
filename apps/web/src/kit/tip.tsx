import type { ReactNode } from 'react';
import styles from './tip.module.css';

/** `from`: the edge of the sign at which its name begins to spread, the one that is nearer to the edge of the page. */
type TipProps = { label: string; place?: 'above' | 'below'; from?: 'start' | 'end'; children: ReactNode };

/** Names a sign on hover and focus. The sign carries its own accessible name. */
export function Tip({ label, place = 'below', from = 'end', children }: TipProps) {
  return (
    <span className={styles.tip} data-tip={label} data-place={place} data-from={from}>
      {children}
    </span>
  );
}
