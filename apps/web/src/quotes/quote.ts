import type { Message } from '@atrium/contracts';
import { keepDraft, placeOf, readDraft, replaceDraft } from '../writing/drafts.ts';
import { quoteOf } from './quote-of.ts';
import { withQuote } from './quote-text.ts';

/** Puts a message as a quote where its reader writes: the thread that is open with it, or the room. */
export function quote(message: Message, { myId, inThread }: { myId: string; inThread: boolean }): void {
  const rootId = inThread ? (message.parentId ?? message.id) : undefined;
  const place = placeOf(myId, message.roomId, rootId);
  const text = withQuote(readDraft(place), quoteOf(message));
  keepDraft(place, text);
  replaceDraft(place, text, { takesFocus: true });
}
