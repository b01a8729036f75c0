import { timelineSubject } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { Bus } from './bus.ts';

/**
 * Sends what a commit added to a room's log to every gateway with a socket in the room. Live and unconfirmed: a reader
 * sees by `seq` what it missed and reads it back, so confirming each would only cost.
 */
@Injectable()
export class Timelines {
  constructor(private readonly bus: Bus) {}

  /** @param encoded as `encodeTimeline` wrote it */
  send(roomId: string, encoded: string): void {
    if (this.bus.isConnected()) this.bus.connection.publish(timelineSubject(roomId), encoded);
  }
}
