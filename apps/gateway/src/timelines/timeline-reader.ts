import { RpcClient } from '@atrium/bus';
import { messages } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { Connection } from '../sockets/connection.ts';
import { batchOfEntries, type Batch } from './batch.ts';

const PAGE = 100;

/** Reads stretches of a room's log: for everyone in it, or as one person may see it. */
@Injectable()
export class TimelineReader {
  private readonly reads = new Map<string, Promise<Batch>>();

  constructor(private readonly rpc: RpcClient) {}

  /**
   * As many of the entries `after < seq <= until` as one answer holds. The batch says how far the answer reaches, be
   * it empty: whatever was stored while it was on its way is not part of it.
   * Many clients that come back at once stand at the same place: while it is being read for one, the others wait for it.
   * @throws Error when an entry is missing
   */
  read(roomId: string, after: number, until?: number): Promise<Batch> {
    const key = `${roomId} ${after} ${until ?? ''}`;
    const read = this.reads.get(key) ?? this.replay(roomId, after, until).finally(() => this.reads.delete(key));
    this.reads.set(key, read);
    return read;
  }

  private async replay(roomId: string, after: number, until?: number): Promise<Batch> {
    const { entries } = await this.rpc.call(messages.replay, { roomId, after, until });
    return batchOfEntries(entries, after + 1);
  }

  /**
   * The same through the eyes of one member, whose history may begin later than the room's: what is hidden lies before
   * everything else and leaves no trace, so the first entry may be any, and has all others after it.
   */
  async readAs(connection: Connection, roomId: string, after: number): Promise<Batch> {
    const { items, lastSeq } = await this.rpc.call(messages.events, { roomId, after, limit: PAGE }, connection.call());
    return batchOfEntries(
      items.map((entry) => JSON.stringify(entry)),
      items[0]?.seq ?? lastSeq + 1,
    );
  }
}
