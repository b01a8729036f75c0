import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** A part of the object as the store knows it. */
export type Part = { part: number; etag: string };
/** Bytes that wait for more, in an object of their own. */
export type Rest = { piece: number; size: number };
/** A piece that was let in and is not kept yet; one that is lost never will be, and its bytes are being removed. */
export type OpenPiece = { piece: number; bytes: number; isPart: boolean; openedAt: string; lost?: true };

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
    open: p.json<OpenPiece[]>().default([]),
    touchedAt: p.datetime(),
  },
});
export type ResumableUploadEntity = InferEntity<typeof ResumableUploadEntity>;

/** Where a rest lies. */
export const restKey = ({ roomId, fileId }: { roomId: string; fileId: string }, piece: number): string =>
  `uploads/${roomId}/${fileId}/${piece}`;

/** What it takes: the bytes that are kept, and those that were let in. */
export const takenBy = ({ received, open }: ResumableUploadEntity): number => open.reduce((sum, { bytes }) => sum + bytes, received);

/** A piece lies on the gateway's disk before it is let in: one that takes longer than this does not come any more. */
export const PIECE_SECONDS = 120;

export const isStale = ({ openedAt, lost }: OpenPiece): boolean =>
  lost === true || Date.parse(openedAt) < Date.now() - PIECE_SECONDS * 1000;
