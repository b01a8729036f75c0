import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './problem.module.css';

type ProblemProps = { title: string; detail?: ReactNode; action?: string; onAction?: () => void; icon?: ReactNode; children?: ReactNode };

/** A place that cannot show what it should: what happened, and what to do. */
export function Problem({ title, detail, action, onAction, icon, children }: ProblemProps) {
  return (
    <div className={styles.problem}>
      {icon && <div className={styles.icon} aria-hidden>{icon}</div>}
      <h2>{title}</h2>
      {detail && <p>{detail}</p>}
      {action && <Button variant="default" onClick={onAction}>{action}</Button>}
      {children}
    </div>
  );
}
