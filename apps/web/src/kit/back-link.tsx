import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from 'react-router';
import styles from './page.module.css';

export function BackLink({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} className={styles.back}>
      <IconArrowLeft size={16} aria-hidden />
      {children}
    </Link>
  );
}
