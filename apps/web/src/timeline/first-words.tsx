import { isPlain } from '@atrium/markup';
import { lazy, Suspense } from 'react';
import { Otherwise } from '../layout/otherwise.tsx';

/** More than any line that tells of a message has space for. */
const MOST = 400;

const MarkdownWords = lazy(() => import('./markdown.tsx').then((m) => ({ default: m.MarkdownWords })));

/** How a message begins, without its markup, for one line. */
export function FirstWords({ body, most = MOST }: { body: string; most?: number }) {
  const beginning = body.slice(0, MOST);
  const asWritten = beginning.slice(0, most);
  if (isPlain(beginning)) return asWritten;
  return (
    <Otherwise key={beginning} show={asWritten}>
      <Suspense fallback={asWritten}>
        <MarkdownWords text={beginning} most={most} />
      </Suspense>
    </Otherwise>
  );
}
