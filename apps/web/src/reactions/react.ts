import type { Message } from '@atrium/contracts';
import { showError } from '../kit/toasts.tsx';
import { client } from '../session/client.ts';
import { recent } from './recent.ts';

/** Reacts, or takes the reaction back where it is one's own already; the log shows it. */
export function toggleReaction(message: Message, emoji: string): void {
  const own = message.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine);
  if (!own) recent.use(emoji);
  client.messages.react(message.roomId, message.id, emoji, !own).catch(showError);
}
