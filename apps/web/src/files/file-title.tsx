import type { ReactNode } from 'react';
import styles from './file-title.module.css';

/** What a file is called, as the heading of where it is shown, and a line of facts about it. */
export function FileTitle({ as: Heading, name, children }: { as: 'h1' | 'h2'; name: string; children: ReactNode }) {
  return (
    <div className={styles.title}>
      <Heading className={styles.name}>{name}</Heading>
      <p className={styles.facts}>{children}</p>
    </div>
  );
}
