import { RpcClient } from '@atrium/bus';
import { messages } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { Connection } from '../sockets/connection.ts';
import { batchOfEntries, type Batch } from './timeline.batch.ts';

const PAGE = 100;

/** Reads stretches of a room's log: for everyone in it, or as one person may see it. */
@Injectable()
export class TimelineReader {
  constructor(private readonly rpc: RpcClient) {}

  /** As many of the entries `after < seq <= until` as one answer holds; undefined when there are none. @throws Error on a hole */
  async read(roomId: string, after: number, until?: number): Promise<Batch | undefined> {
    const { entries } = await this.rpc.call(messages.replay, { roomId, after, until });
    return entries.length === 0 ? undefined : batchOfEntries(entries, after + 1);
  }

  /**
   * The same through the eyes of one member, whose history may begin later than the room's: what is hidden lies before
   * everything else and leaves no trace, so the first entry may be any, and has all others after it.
   */
  async readAs(connection: Connection, roomId: string, after: number): Promise<Batch | undefined> {
    const { items } = await this.rpc.call(messages.events, { roomId, after, limit: PAGE }, connection.call());
    if (items.length === 0) return undefined;
    return batchOfEntries(items.map((entry) => JSON.stringify(entry)), items[0]!.seq);
  }
}
