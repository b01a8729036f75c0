import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** What the bot says when a word or phrase is met in a message. */
export const KeywordAnswerEntity = defineEntity({
  name: 'KeywordAnswerEntity',
  tableName: 'keyword_answers',
  properties: {
    id: p.integer().primary(),
    /** Null for every room. */
    roomId: p.uuid().nullable(),
    keyword: p.text(),
    answer: p.text(),
  },
});
export type KeywordAnswerEntity = InferEntity<typeof KeywordAnswerEntity>;
