import type { ReactNode } from 'react';
import styles from './tip.module.css';

/** Names a sign on hover and focus. The sign carries its own accessible name. */
export function Tip({ label, place = 'below', children }: { label: string; place?: 'above' | 'below'; children: ReactNode }) {
  return (
    <span className={styles.tip} data-tip={label} data-place={place}>
      {children}
    </span>
  );
}
