import { type Message, webhookPostOf } from '@atrium/contracts';

/** By what name the author of a message goes: a program's is the one it posted under. */
export const authorName = (message: Message, nameOf: (userId: string) => string): string =>
  webhookPostOf(message)?.sender ?? nameOf(message.authorId);
