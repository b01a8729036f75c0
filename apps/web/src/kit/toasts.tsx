import { t } from '@lingui/core/macro';
import { IconX } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { ToastList } from './toast-list.ts';
import styles from './toasts.module.css';
import { problemText } from '../language/problem-text.ts';

const list = new ToastList();

export const showToast = (text: string): void => list.show(text);
export const showError = (error: unknown): void => list.show(problemText(error), 'danger');

export function Toasts() {
  const toasts = useSyncExternalStore(list.subscribe, list.snapshot);
  return (
    <div className={styles.stack} role="status" aria-label={t`Notices`}>
      {toasts.map((toast) => (
        <div key={toast.id} className={styles.toast} data-tone={toast.tone}>
          <span>{toast.text}</span>
          <button type="button" aria-label={t`Dismiss`} onClick={() => list.dismiss(toast.id)}>
            <IconX size={14} />
          </button>
        </div>
      ))}
    </div>
  );
}
