import { t } from '@lingui/core/macro';

/** Read before the page is drawn into it. */
const drawn = document.getElementById('root')?.innerHTML ?? '';

/** What index.html shows by itself: it stays until there is more to show than that. */
export function FirstPaint() {
  return <div role="status" aria-busy="true" aria-label={t`Loading`} dangerouslySetInnerHTML={{ __html: drawn }} />;
}
