import { useRef } from 'react';
import { FileSign } from './file-sign.tsx';
import styles from './file-thumb.module.css';
import { hasPreview, usePreview } from './shown-images.ts';
import { useNear } from './use-near.ts';

type FileThumbProps = { roomId: string; file: { id: string; name: string; contentType: string; size: number }; size: number };

/** What a file looks like, in a place of fixed size, loaded when it comes near; its sign while nothing is drawn of it. */
export function FileThumb({ roomId, file, size }: FileThumbProps) {
  const place = useRef<HTMLSpanElement>(null);
  const isNear = useNear(place, hasPreview(file));
  const { url } = usePreview(roomId, file, isNear);
  return (
    <span ref={place} className={styles.thumb} style={{ width: size, height: size }} aria-hidden>
      {url ? <img src={url} alt="" /> : <FileSign name={file.name} size={size} />}
    </span>
  );
}
