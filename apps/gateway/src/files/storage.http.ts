import { RpcClient, type CallOptions } from '@atrium/bus';
import { FileRecord, NamedStorageList, RoomStorage, accounts, files, listOf, rooms } from '@atrium/contracts';
import { Controller, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { FileId, RoomId } from '../http/ids.ts';

const VersionsQuery = files.versions.input.omit({ roomId: true, fileId: true });
const StorageQuery = files.adminStorage.input;

/** How much is stored, and what was stored under one name. */
@Controller()
export class StorageHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/rooms/:roomId/files/:fileId/versions', {
    scope: 'files:read',
    summary: 'The files of the same name in the room, newest first',
    reply: listOf(FileRecord),
    codes: files.versions.codes,
  })
  versions(
    @RoomId() roomId: string,
    @FileId() fileId: string,
    @Query({ schema: VersionsQuery }) query: z.output<typeof VersionsQuery>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(files.versions, { ...query, roomId, fileId }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/storage', {
    scope: 'files:read',
    summary: 'How much the files of the caller and those of the room take, and may take',
    reply: RoomStorage,
    codes: files.storage.codes,
  })
  storage(@RoomId() roomId: string, @Caller() call: CallOptions) {
    return this.rpc.call(files.storage, { roomId }, call);
  }

  @Endpoint('GET /api/admin/storage', {
    scope: 'admin',
    summary: 'People, or rooms, by how much their files take; admins only',
    reply: NamedStorageList,
    codes: files.adminStorage.codes,
  })
  async list(@Query({ schema: StorageQuery }) query: z.output<typeof StorageQuery>, @Caller() call: CallOptions) {
    const list = await this.rpc.call(files.adminStorage, query, call);
    const names = await this.namesOf(
      query.by,
      list.items.map(({ id }) => id),
      call,
    );
    return { ...list, items: list.items.map((item) => ({ ...item, name: names.get(item.id) || null })) };
  }

  private async namesOf(by: 'person' | 'room', ids: string[], call: CallOptions): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    if (by === 'person') {
      const { items } = await this.rpc.call(accounts.getUsers, { userIds: ids }, call);
      return new Map(items.map(({ id, displayName }) => [id, displayName]));
    }
    const { items } = await this.rpc.call(rooms.adminRooms, { roomIds: ids, limit: ids.length }, call);
    return new Map(items.map(({ id, name }) => [id, name]));
  }
}
