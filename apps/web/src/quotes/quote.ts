import { t } from '@lingui/core/macro';
import { type Message, saidIn } from '@atrium/contracts';
import { live } from '../live/live.ts';
import { linkTo } from '../messages/acts.ts';
import { authorName } from '../people/person-name.tsx';
import { keepDraft, placeOf, readDraft, replaceDraft } from '../writing/drafts.ts';
import { quoteText, withQuote } from './quote-text.ts';

const knownName = (userId: string): string => live.people.snapshot().people.get(userId)?.displayName ?? t`Someone`;

/** A message as a quote, by the names that this page knows. */
export function quoteOf(message: Message): string {
  const fileNames = message.files.map(({ name }) => name);
  return quoteText({ body: saidIn(message), fileNames, author: authorName(message, knownName), link: linkTo(message) });
}

/** Puts a message as a quote where its reader writes: the thread that is open with it, or the room. */
export function quote(message: Message, { myId, inThread }: { myId: string; inThread: boolean }): void {
  const rootId = inThread ? (message.parentId ?? message.id) : undefined;
  const place = placeOf(myId, message.roomId, rootId);
  const text = withQuote(readDraft(place), quoteOf(message));
  keepDraft(place, text);
  replaceDraft(place, text, { takesFocus: true });
}
