import type { Message } from '@atrium/contracts';
import { keepDraft, placeOf, readDraft, replaceDraft } from '../composer/drafts.ts';
import { live } from '../live/live.ts';
import { linkTo } from '../timeline/acts.ts';
import { quoteText, withQuote } from './quote-text.ts';

/** Puts a message as a quote where its reader writes: the thread that is open with it, or the room. */
export function quote(message: Message, { myId, inThread }: { myId: string; inThread: boolean }): void {
  const rootId = inThread ? (message.parentId ?? message.id) : undefined;
  const place = placeOf(myId, message.roomId, rootId);
  const author = live.people.snapshot().people.get(message.authorId)?.displayName ?? 'Someone';
  const words = quoteText({ body: message.body, fileNames: message.files.map(({ name }) => name), author, link: linkTo(message) });
  const text = withQuote(readDraft(place), words);
  keepDraft(place, text);
  replaceDraft(place, text, { takesFocus: true });
}
