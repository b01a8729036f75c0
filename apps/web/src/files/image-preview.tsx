import { AtriumError } from '@atrium/client';
import type { FileRecord } from '@atrium/contracts';
import { useEffect, useState } from 'react';
import { objectUrl } from './download.ts';
import styles from './file-view.module.css';

export function ImagePreview({ file }: { file: FileRecord }) {
  const [url, setUrl] = useState<string>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const abort = new AbortController();
    let made: string | undefined;
    objectUrl(file, abort.signal).then(
      (address) => {
        made = address;
        if (abort.signal.aborted) URL.revokeObjectURL(address);
        else setUrl(address);
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setProblem(AtriumError.from(error).detail);
      },
    );
    return () => {
      abort.abort();
      if (made) URL.revokeObjectURL(made);
    };
    // The bytes of a version never change; the record around them does.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [file.id, file.version]);
  if (problem) return <p className={styles.partial}>{problem}</p>;
  return <div className={styles.image}>{url && <img src={url} alt={file.name} />}</div>;
}
