import { Button } from '@mantine/core';
import { copyText } from '../app/clipboard.ts';
import { showError, showToast } from '../app/toasts.tsx';
import styles from '../profile/profile.module.css';

/** A bot's token, which the server tells this once. */
export function ShowToken({ token, onKept }: { token: string; onKept: () => void }) {
  return (
    <div className={styles.form} role="status">
      <p className={styles.hint}>This is shown once. Copy it to where the bot finds it.</p>
      <code className={styles.secret} aria-label="Token of the bot">
        {token}
      </code>
      <div className={styles.buttons}>
        <Button onClick={() => void copyText(token).then(() => showToast('Token copied.'), showError)}>Copy</Button>
        <Button variant="default" onClick={onKept}>
          I have kept it
        </Button>
      </div>
    </div>
  );
}
