import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useState } from 'react';
import styles from './asked-first.module.css';

type AskedFirstProps = { what: string; question: string; busy: boolean; onYes: () => void };

/** A button for what cannot be undone: it asks before it does it. */
export function AskedFirst({ what, question, busy, onYes }: AskedFirstProps) {
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <Button variant="subtle" color="red" size="compact-sm" aria-label={what} loading={busy} onClick={() => setAsking(true)}>
        {t`Remove`}
      </Button>
    );
  const yes = () => {
    setAsking(false);
    onYes();
  };
  return (
    <span className={styles.question} role="group" aria-label={question} onKeyDown={({ key }) => key === 'Escape' && setAsking(false)}>
      <span>{question}</span>
      <Button color="red" size="compact-sm" onClick={yes} autoFocus>
        {t`Remove`}
      </Button>
      <Button variant="default" size="compact-sm" onClick={() => setAsking(false)}>
        {t`Keep`}
      </Button>
    </span>
  );
}
