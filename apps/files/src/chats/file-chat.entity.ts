import type { AnswerStatus, Citation } from '@atrium/contracts';
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** A question someone put to a file, or (without one) to a room's files, or to those of `fileIds`; answered once `answeredAt` is set. */
export const FileChatEntity = defineEntity({
  name: 'FileChatEntity',
  tableName: 'file_chats',
  properties: {
    id: p.uuid().primary(),
    roomId: p.uuid(),
    fileId: p.uuid().nullable(),
    fileIds: p.json<string[]>().nullable(),
    userId: p.uuid(),
    idempotencyKey: p.text().nullable(),
    question: p.text(),
    reservationKey: p.text(),
    status: p.text().$type<AnswerStatus>().nullable(),
    confidence: p.float().nullable(),
    queryUsed: p.text().nullable(),
    answer: p.text().nullable(),
    citations: p.json<Citation[]>().default([]),
    cost: p.integer().nullable(),
    creditsLeft: p.integer().nullable(),
    helpful: p.boolean().nullable(),
    createdAt: p.datetime(),
    claimedAt: p.datetime(),
    answeredAt: p.datetime().nullable(),
  },
});
export type FileChatEntity = InferEntity<typeof FileChatEntity>;
