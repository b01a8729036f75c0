import type { FileRecord } from '@atrium/contracts';
import { statusWords } from '../attachments/file-status.ts';
import styles from './status-badge.module.css';

/** How far a file is read; says why when it is not. */
export function StatusBadge({ file }: { file: FileRecord }) {
  const { tone, label, explanation } = statusWords(file);
  return (
    <span className={styles.status} data-tone={tone} data-status={file.status} title={explanation}>
      <i aria-hidden />
      {label}
      {file.status === 'extracting' && file.progress !== undefined && (
        <span className={styles.bar} aria-hidden>
          <b style={{ width: `${file.progress}%` }} />
        </span>
      )}
      {(tone === 'warn' || tone === 'bad') && <span className={styles.why}>{explanation}</span>}
    </span>
  );
}
