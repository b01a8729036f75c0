import { t } from '@lingui/core/macro';
import { type Message, saidIn } from '@atrium/contracts';
import { live } from '../live/live.ts';
import { authorName } from '../people/author-name.ts';
import { linkTo } from '../messages/acts.ts';
import { quoteText } from './quote-text.ts';

const knownName = (userId: string): string => live.people.snapshot().people.get(userId)?.displayName ?? t`Someone`;

/** A message as a quote, by the names that this page knows. */
export function quoteOf(message: Message): string {
  const fileNames = message.files.map(({ name }) => name);
  return quoteText({ body: saidIn(message), fileNames, author: authorName(message, knownName), link: linkTo(message) });
}
