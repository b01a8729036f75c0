import type { Answer } from '@atrium/contracts';
import type { FileChatEntity } from './file-chat.entity.ts';

/** An answered question as its asker sees it. */
export function toAnswer(chat: FileChatEntity): Answer {
  const { status, confidence, queryUsed, answer, cost, creditsLeft } = chat;
  if (!status || confidence == null || queryUsed == null || answer == null || cost == null || creditsLeft == null) {
    throw new Error(`chat ${chat.id} is not answered`);
  }
  return {
    id: chat.id,
    status,
    confidence,
    question: chat.question,
    queryUsed,
    answer,
    citations: chat.citations,
    cost,
    creditsLeft,
    createdAt: chat.createdAt.toISOString(),
    ...(chat.fileIds ? { fileIds: chat.fileIds } : {}),
    ...(chat.helpful == null ? {} : { helpful: chat.helpful }),
  };
}
