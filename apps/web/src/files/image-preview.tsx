import type { FileRecord } from '@atrium/contracts';
import styles from './file-view.module.css';
import { useImage } from '../attachments/shown-images.ts';
import { problemText } from '../language/problem-text.ts';

export function ImagePreview({ file }: { file: FileRecord }) {
  const { url, error } = useImage(file.roomId, file.id);
  if (error) return <p className={styles.partial}>{problemText(error)}</p>;
  return <div className={styles.image}>{url && <img src={url} alt={file.name} />}</div>;
}
