import type { Answer } from '@atrium/contracts';
import type { FileChatEntity } from './file-chat.entity.ts';

/** An answered question as its asker sees it. */
export function toAnswer(chat: FileChatEntity): Answer {
  const { status, queryUsed, answer, cost, creditsLeft } = chat;
  if (!status || queryUsed == null || answer == null || cost == null || creditsLeft == null) {
    throw new Error(`chat ${chat.id} is not answered`);
  }
  return {
    id: chat.id,
    status,
    question: chat.question,
    queryUsed,
    answer,
    citations: chat.citations,
    cost,
    creditsLeft,
    createdAt: chat.createdAt.toISOString(),
  };
}
