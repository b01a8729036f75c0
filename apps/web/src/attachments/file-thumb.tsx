import {
  IconFile,
  IconFileText,
  IconFileTypeCsv,
  IconFileTypeDocx,
  IconFileTypeHtml,
  IconFileTypePdf,
  IconFileZip,
  IconPhoto,
} from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import styles from './file-thumb.module.css';
import { hasPreview, usePreview } from './shown-images.ts';

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

const SIGNS = [
  [/\.pdf$/i, IconFileTypePdf],
  [/\.docx?$/i, IconFileTypeDocx],
  [/\.(csv|tsv)$/i, IconFileTypeCsv],
  [/\.html?$/i, IconFileTypeHtml],
  [/\.(txt|md|json|log|xml|ya?ml)$/i, IconFileText],
  [/\.(png|jpe?g|gif|webp|svg)$/i, IconPhoto],
  [/\.(zip|gz|tar|7z|rar)$/i, IconFileZip],
] as const;

/** What kind of file it is, at a glance. */
export function FileSign({ name, size = 36 }: { name: string; size?: number }) {
  const Icon = SIGNS.find(([pattern]) => pattern.test(name))?.[1] ?? IconFile;
  return (
    <span className={styles.sign} style={{ width: size, height: size }} aria-hidden>
      <Icon size={size * 0.58} stroke={1.6} />
    </span>
  );
}

/** Whether it has ever been within reach of being seen. */
export function useNear(place: RefObject<HTMLElement | null>, asks: boolean): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!asks || !place.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), { rootMargin: '200px' });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [asks, place]);
  return isNear;
}
