import type { FileStatus } from '@atrium/contracts';
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** An uploaded file and where its extraction stands. Its bytes lie in the object store under `objectKey`. */
export const FileEntity = defineEntity({
  name: 'FileEntity',
  tableName: 'files',
  properties: {
    id: p.uuid().primary(),
    roomId: p.uuid(),
    uploaderId: p.uuid(),
    name: p.text(),
    contentType: p.text(),
    size: p.bigint('number'),
    sha256: p.text(),
    version: p.integer(),
    attempt: p.integer().default(0),
    status: p.text().$type<FileStatus>(),
    statusReason: p.text().nullable(),
    progress: p.integer().nullable(),
    pages: p.integer().nullable(),
    chars: p.integer().nullable(),
    chunks: p.integer().nullable(),
    /** The `Idempotency-Key` of the upload it came with, and its place in it. */
    uploadKey: p.text().nullable(),
    uploadPlace: p.integer().default(0),
    /** Seen by its uploader alone until a message carries it. */
    draft: p.boolean().default(false),
    /** What the scanner for viruses said; null for what was stored while there was none. */
    scan: p.text().$type<'waiting' | 'clean' | 'infected'>().nullable(),
    /** The virus it found. */
    threat: p.text().nullable(),
    createdAt: p.datetime(),
    touchedAt: p.datetime(),
    deletedAt: p.datetime().nullable(),
    objectRemoved: p.boolean().default(false),
    /** How many facts of this file have been told; the number of the last. */
    factsTold: p.integer().default(0),
  },
});
export type FileEntity = InferEntity<typeof FileEntity>;

/** Where a file's bytes lie. Nothing a person typed is part of it. */
export const objectKey = (file: { roomId: string; id: string }): string => `rooms/${file.roomId}/${file.id}`;
