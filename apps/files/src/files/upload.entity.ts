import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** An address that was handed out to put bytes at, until it is a file or swept. */
export const UploadEntity = defineEntity({
  name: 'UploadEntity',
  tableName: 'uploads',
  properties: {
    fileId: p.uuid().primary(),
    roomId: p.uuid(),
    uploaderId: p.uuid(),
    createdAt: p.datetime(),
    swept: p.boolean().default(false),
    /** Bytes that are counted for it until it is a file. */
    taken: p.bigint('number').default(0),
  },
});
export type UploadEntity = InferEntity<typeof UploadEntity>;
