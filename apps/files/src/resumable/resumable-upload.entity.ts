import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** A part of the object as the store knows it. */
export type Part = { part: number; etag: string };
/** Bytes that wait for more, in an object of their own. */
export type Rest = { piece: number; size: number };

/** How far an upload has come that arrives in several requests. */
export const ResumableUploadEntity = defineEntity({
  name: 'ResumableUploadEntity',
  tableName: 'resumable_uploads',
  properties: {
    fileId: p.uuid().primary(),
    roomId: p.uuid(),
    uploaderId: p.uuid(),
    name: p.text(),
    size: p.bigint('number'),
    draft: p.boolean(),
    received: p.bigint('number').default(0),
    multipartId: p.text(),
    parts: p.json<Part[]>().default([]),
    rest: p.json<Rest>().nullable(),
    rests: p.json<number[]>().default([]),
    pieces: p.integer().default(0),
    touchedAt: p.datetime(),
  },
});
export type ResumableUploadEntity = InferEntity<typeof ResumableUploadEntity>;

/** Where a rest lies. */
export const restKey = ({ roomId, fileId }: { roomId: string; fileId: string }, piece: number): string =>
  `uploads/${roomId}/${fileId}/${piece}`;
