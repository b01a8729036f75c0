import { RpcClient, type CallOptions } from '@atrium/bus';
import { Id, accounts, rooms, validationError, type ReadSearch } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';

/** Finds out whom and which rooms a search names. */
@Injectable()
export class SearchNames {
  constructor(private readonly rpc: RpcClient) {}

  /** People by username or display name, as `me`, or by id; nobody of that name wrote nothing. Undefined when none is named. */
  async authors({ from }: ReadSearch, call: CallOptions): Promise<string[] | undefined> {
    if (from.length === 0) return undefined;
    return (await Promise.all(from.map((name) => this.peopleCalled(name, call)))).flat();
  }

  /** @throws AppError `validation_failed` for a name that none of the caller's rooms has */
  async rooms({ roomIds, roomNames }: ReadSearch, call: CallOptions): Promise<string[] | undefined> {
    if (roomIds.length + roomNames.length === 0) return undefined;
    if (roomNames.length === 0) return [...new Set(roomIds)];
    const { items } = await this.rpc.call(rooms.listJoined, {}, call);
    const named = roomNames.flatMap((wanted) => {
      const found = items.filter(({ name }) => isSame(name, wanted));
      if (found.length > 0) return found.map(({ id }) => id);
      throw validationError([{ path: ['q'], message: `in: you are in no room called “${wanted}”` }]);
    });
    return [...new Set([...roomIds, ...named])];
  }

  private async peopleCalled(name: string, call: CallOptions): Promise<string[]> {
    if (name.toLowerCase() === 'me') return [call.actorId!];
    if (Id.safeParse(name).success) return [name.toLowerCase()];
    const { items } = await this.rpc.call(accounts.findUsers, { query: name.slice(0, 64), limit: 100 }, call);
    const byUsername = items.filter(({ username }) => isSame(username, name));
    return (byUsername.length > 0 ? byUsername : items.filter(({ displayName }) => isSame(displayName, name))).map(({ id }) => id);
  }
}

const isSame = (a: string, b: string) => a.localeCompare(b, undefined, { sensitivity: 'base' }) === 0;
