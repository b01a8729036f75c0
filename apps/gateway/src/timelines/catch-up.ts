import { CLOSE_CODES, type Room } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';
import type { Connection } from '../sockets/connection.ts';
import type { RoomChannel } from './room-channel.ts';
import { textsOf, timelineFrame, type Batch } from './batch.ts';
import { TimelineFanout } from './timeline-fanout.ts';
import { TimelineReader } from './timeline-reader.ts';

/** Of one frame of a catch-up: those of several rooms in one turn are still well under what makes a client slow. */
const FRAME_BYTES = 256 * 1024;

type Start = { room: Room; after: number };

/**
 * Brings a socket from where its client stands to where the room is, while the room goes on: what comes live
 * meanwhile is not kept for it but read, since the log has it; level with the room, it follows.
 */
@Injectable()
export class CatchUp {
  private readonly logger = new Logger('catch-up');

  constructor(
    private readonly fanout: TimelineFanout,
    private readonly reader: TimelineReader,
  ) {}

  /** The socket has entered the room, and its client has everything up to `after`. */
  async run(connection: Connection, { room, after }: Start): Promise<void> {
    this.fanout.tellHead(room.id, room.lastSeq);
    const channel = this.fanout.find(room.id);
    if (!channel) return;
    try {
      const reached = await this.readUp(connection, channel, { room, after });
      channel.follow(connection, reached);
    } catch (error) {
      // A socket with a hole in it is worse than none: the client comes back and names the same `seq`.
      this.logger.warn({ msg: 'a socket could not catch up', roomId: room.id, reason: (error as Error).message });
      connection.close(CLOSE_CODES.restarting, 'could not catch up');
    }
  }

  /** @returns the `seq` reached, at least the room's position at this moment */
  private async readUp(connection: Connection, channel: RoomChannel, { room, after }: Start): Promise<number> {
    let reached = after;
    while (connection.isOpen && channel.isJoining(connection) && reached < channel.position) {
      const batch = await this.read(connection, room, reached);
      if (batch.to <= reached) throw new Error(`nothing is told after ${reached}, though the room is at ${channel.position}`);
      // At `lastSeq` this user was a member, so an earlier removal was followed by a return.
      const current = { ...batch, removed: batch.removed.filter(({ seq }) => seq > room.lastSeq) };
      if (channel.deliverRemoval(connection, current, reached)) return batch.to;
      await this.send(connection, channel, current);
      reached = batch.to;
    }
    return reached;
  }

  private read(connection: Connection, room: Room, after: number): Promise<Batch> {
    return room.historyVisibility === 'all' ? this.reader.read(room.id, after) : this.reader.readAs(connection, room.id, after);
  }

  private async send(connection: Connection, channel: RoomChannel, batch: Batch): Promise<void> {
    if (batch.text === '') return;
    for (const text of textsOf(batch, FRAME_BYTES)) {
      await connection.drained();
      if (!channel.isJoining(connection)) return;
      connection.push(timelineFrame(channel.roomId, text));
    }
  }
}
