import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Cursor, Id, Limit, listOf } from '../values.ts';

/** How much is stored, and how much may be; null where there is no limit. */
export const StorageUse = z.object({ usedBytes: z.int(), limitBytes: z.int().nullable() }).meta({ id: 'StorageUse' });
export type StorageUse = z.output<typeof StorageUse>;

/** What the caller may still store in a room: whichever of the two is full first. */
export const RoomStorage = z.object({ person: StorageUse, room: StorageUse, maxFileBytes: z.int() }).meta({ id: 'RoomStorage' });
export type RoomStorage = z.output<typeof RoomStorage>;

/** People or rooms by what their files take, and the server as a whole. */
export const StorageList = listOf(z.object({ id: Id, usedBytes: z.int() })).extend({
  /** What each of those may take. */
  limitBytes: z.int().nullable(),
  server: StorageUse,
});
export type StorageList = z.output<typeof StorageList>;

/** With the names by which people know them; null for who or what is there no more, and of direct rooms. */
export const NamedStorageList = StorageList.extend({
  items: z.array(StorageList.shape.items.element.extend({ name: z.string().nullable() })),
});
export type NamedStorageList = z.output<typeof NamedStorageList>;

export const storageRpcs = {
  storage: {
    input: z.object({ roomId: Id }),
    output: RoomStorage,
    idempotent: true,
    codes: ['room_not_found', 'not_a_member'],
  },
  /** Those who store most come first. */
  adminStorage: {
    input: z.object({ by: z.enum(['person', 'room']).default('person'), cursor: Cursor.optional(), limit: Limit }),
    output: StorageList,
    idempotent: true,
    codes: ['not_found'],
  },
} as const satisfies Record<string, RpcDefinition>;
