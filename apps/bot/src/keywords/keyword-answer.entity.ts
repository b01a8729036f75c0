import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** What the bot says when a word or phrase is asked about. */
export const KeywordAnswerEntity = defineEntity({
  name: 'KeywordAnswerEntity',
  tableName: 'keyword_answers',
  properties: {
    id: p.integer().primary(),
    /** What it is called outside. */
    uid: p.uuid(),
    /** Null for every room. */
    roomId: p.uuid().nullable(),
    keyword: p.text(),
    /** Empty in a room that does not want the answer every room begins with. */
    answer: p.text(),
    everySeconds: p.integer(),
    place: p.enum(['room', 'thread'] as const),
  },
});
export type KeywordAnswerEntity = InferEntity<typeof KeywordAnswerEntity>;
