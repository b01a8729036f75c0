import { t } from '@lingui/core/macro';
import { useSyncExternalStore } from 'react';
import styles from '../kit/offline-bar.module.css';
import { newVersion } from './new-version.ts';

/** Says that there is a newer page. Nothing changes under anybody's hands until they ask for it. */
export function NewVersionBar() {
  const isOffered = useSyncExternalStore(newVersion.subscribe, newVersion.snapshot);
  return (
    <div role="status" aria-label={t`New version`} className={styles.holder}>
      {isOffered && (
        <div className={styles.bar}>
          <span>{t`A new version of Atrium is here.`}</span>
          <button type="button" onClick={() => newVersion.take()}>
            {t`Reload`}
          </button>
        </div>
      )}
    </div>
  );
}
