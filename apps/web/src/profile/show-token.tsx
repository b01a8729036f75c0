import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { copyText } from '../kit/clipboard.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import styles from './profile.module.css';

type ShowTokenProps = { token: string; label: string; reader: string; onKept: () => void };

/** A token, which the server tells this once. @param reader what signs in with it */
export function ShowToken({ token, label, reader, onKept }: ShowTokenProps) {
  return (
    <div className={styles.form} role="status">
      <p className={styles.hint}>{t`This is shown once. Copy it to where ${reader} finds it.`}</p>
      <code className={styles.secret} aria-label={label}>
        {token}
      </code>
      <div className={styles.buttons}>
        <Button onClick={() => void copyText(token).then(() => showToast(t`Token copied.`), showError)}>{t`Copy`}</Button>
        <Button variant="default" onClick={onKept}>
          {t`I have kept it`}
        </Button>
      </div>
    </div>
  );
}
