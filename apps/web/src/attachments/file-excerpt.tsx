import type { Attachment } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { client } from '../session/client.ts';
import styles from './attachments.module.css';
import { isCode } from './is-code.ts';
import { useNear } from './use-near.ts';

/** As many as fill its place, which shows three. */
const LINES = 4;

/** How a text begins, below its name; its place is there before it comes, and is only as high as the text once it is here. */
export function FileExcerpt({ roomId, file }: { roomId: string; file: Attachment }) {
  const place = useRef<HTMLSpanElement>(null);
  const isNear = useNear(place, true);
  const { data } = useQuery({
    queryKey: ['file-excerpt', roomId, file.id],
    queryFn: () => client.files.excerpt(roomId, file.id),
    enabled: isNear,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const lines = data?.split('\n').filter((line) => line.trim() !== '') ?? [];
  return (
    <span ref={place} className={styles.excerpt} data-code={isCode(file) || undefined} data-waiting={data === undefined || undefined}>
      {lines.slice(0, LINES).join('\n')}
    </span>
  );
}
