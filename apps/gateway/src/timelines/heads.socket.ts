import { HEARTBEAT_SECONDS, type Seq, type ServerFrame } from '@atrium/contracts';
import type { z } from 'zod';
import type { Connection } from '../sockets/connection.ts';
import { OnFrame, SocketGateway } from '../sockets/on-frame.ts';
import { TimelineFanout } from './timeline-fanout.ts';

/** A client's timer of thirty seconds may fire a moment early; it should not wait for its heads twice as long then. */
const HEADS_AFTER_MS = HEARTBEAT_SECONDS * 1000 - 1000;

/** Tells with a pong, now and then, where the rooms of a socket stand. */
@SocketGateway()
export class HeadsSocket {
  constructor(private readonly fanout: TimelineFanout) {}

  @OnFrame('ping')
  ping(connection: Connection): ServerFrame<'pong'>['data'] {
    const now = Date.now();
    if (now - connection.lastHeadsAt < HEADS_AFTER_MS) return {};
    connection.lastHeadsAt = now;
    const heads: Record<string, z.output<typeof Seq>> = {};
    for (const roomId of connection.rooms) {
      const head = this.fanout.headOf(roomId);
      if (head) heads[roomId] = head;
    }
    return { heads };
  }
}
