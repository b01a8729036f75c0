import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './problem.module.css';

type ProblemProps = {
  title: string;
  detail?: ReactNode;
  action?: string;
  onAction?: () => void;
  icon?: ReactNode;
  children?: ReactNode;
  isPage?: boolean;
};

/** A place that cannot show what it should: what happened, and what to do. `isPage` when nothing else is on it. */
export function Problem({ title, detail, action, onAction, icon, children, isPage = false }: ProblemProps) {
  const Title = isPage ? 'h1' : 'h2';
  return (
    <div className={styles.problem}>
      {icon && (
        <div className={styles.icon} aria-hidden>
          {icon}
        </div>
      )}
      <Title>{title}</Title>
      {detail && <p>{detail}</p>}
      {action && (
        <Button variant="default" onClick={onAction}>
          {action}
        </Button>
      )}
      {children}
    </div>
  );
}

export function NotHere({ what = t`This page`, detail }: { what?: string; detail?: string }) {
  return (
    <Problem isPage title={t`${what} is not here`} detail={detail ?? t`It may have moved, or the address may be mistyped.`}>
      <Link to="/rooms">{t`Go to your rooms`}</Link>
    </Problem>
  );
}
