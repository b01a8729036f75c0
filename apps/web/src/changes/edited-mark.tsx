import { t } from '@lingui/core/macro';
import type { Message } from '@atrium/contracts';
import { Suspense, lazy, useState } from 'react';
import { exactTime } from '../time/format.ts';
import styles from './edited-mark.module.css';

const VersionsDialog = lazy(() => import('./versions-dialog.tsx').then((m) => ({ default: m.VersionsDialog })));

/** Says that a message was edited, and shows what it said before. */
export function EditedMark({ message }: { message: Message }) {
  const [open, setOpen] = useState(false);
  if (!message.editedAt || message.deletedAt) return null;
  return (
    <>
      <button type="button" className={styles.mark} title={exactTime(message.editedAt)} onClick={() => setOpen(true)}>
        {t`edited`}
      </button>
      {open && (
        <Suspense fallback={null}>
          <VersionsDialog message={message} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
