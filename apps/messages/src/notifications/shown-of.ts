import { type Message, type Notification, webhookPostOf } from '@atrium/contracts';
import { excerptOf } from './excerpt.ts';

/** What a notification shows of its message: its beginning and, where a webhook posted it, as whom. */
export function shownOf(message: Pick<Message, 'authorId' | 'clientId' | 'body'>): Pick<Notification, 'sender' | 'excerpt'> {
  const post = webhookPostOf(message);
  if (!post) return { excerpt: excerptOf(message.body) };
  return { sender: { name: post.sender, ...(post.icon !== undefined && { icon: post.icon }) }, excerpt: excerptOf(post.body) };
}
