import { plural, t } from '@lingui/core/macro';
import { ActionIcon, Button, Modal } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { useState } from 'react';
import { Tip } from '../kit/tip.tsx';
import styles from './files-panel.module.css';

/** Answers were paid for, and do not come back: it asks first. */
export function ClearHistory({ count, onClear }: { count: number; onClear: () => Promise<unknown> }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const clear = (): void => {
    setBusy(true);
    onClear()
      // What went wrong is told where such things are told; the question stays open.
      .then(
        () => setAsking(false),
        () => undefined,
      )
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Tip label={t`Clear the history`}>
        <ActionIcon aria-label={t`Clear the history`} onClick={() => setAsking(true)}>
          <IconEraser size={18} stroke={1.7} />
        </ActionIcon>
      </Tip>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t`Clear the history?`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <p className={styles.hint}>
          {plural(count, {
            one: 'Your question and its answer will be gone. Nobody else sees them, and they cannot be brought back.',
            other: 'All of your questions here and their answers will be gone. Nobody else sees them, and they cannot be brought back.',
          })}
        </p>
        <div className={styles.buttons}>
          <Button color="red" loading={busy} onClick={clear}>
            {t`Clear`}
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t`Keep them`}
          </Button>
        </div>
      </Modal>
    </>
  );
}
