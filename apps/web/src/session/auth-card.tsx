import { t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import { Mark } from '../kit/mark.tsx';
import styles from './auth-card.module.css';

/** The quiet frame around signing in and registering. */
export function AuthCard({ title, children, footer }: { title: string; children: ReactNode; footer: ReactNode }) {
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <Mark size={36} />
          <span>{t`Atrium`}</span>
        </div>
        <h1 className={styles.title}>{title}</h1>
        {children}
        <p className={styles.footer}>{footer}</p>
      </div>
    </main>
  );
}
