import type { Citation } from '@atrium/contracts';
import { sliceCodePoints } from '../text/code-points.ts';

/** Whether the stored text of the page says, at that place, exactly what the citation claims. */
export function isTrueQuote(citation: Citation, pageText: string | null): boolean {
  return pageText !== null && citation.quote !== '' && sliceCodePoints(pageText, citation.start, citation.end) === citation.quote;
}
