import { OnLiveEvent } from '@atrium/bus';
import { roomSignals, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { Connections } from '../sockets/connections.ts';
import { frameOf } from '../sockets/frame.ts';
import { TimelineFanout } from '../timelines/timeline-fanout.ts';

/** What rooms tells live of people, beside the timeline: hands, who acts for the host, the lobby, favourites. */
@Controller()
export class PeopleFanout {
  constructor(
    private readonly connections: Connections,
    private readonly timelines: TimelineFanout,
  ) {}

  @OnLiveEvent(roomSignals.acting)
  acting(acting: PayloadOf<typeof roomSignals.acting>): void {
    this.toRoom(acting.roomId, frameOf('room.acting', acting));
  }

  @OnLiveEvent(roomSignals.hand)
  hand(hand: PayloadOf<typeof roomSignals.hand>): void {
    this.toRoom(hand.roomId, frameOf('hand', hand));
  }

  /** Whoever waits learns what became of it, and not how many others wait. */
  @OnLiveEvent(roomSignals.lobby)
  lobby({ roomId, userId, status, waiting, moderatorIds }: PayloadOf<typeof roomSignals.lobby>): void {
    this.toPerson(userId, frameOf('lobby', { roomId, userId, status }));
    const frame = frameOf('lobby', { roomId, userId, status, waiting });
    for (const moderatorId of moderatorIds) if (moderatorId !== userId) this.toPerson(moderatorId, frame);
  }

  @OnLiveEvent(roomSignals.favourite)
  favourite({ userId, roomId, favourite }: PayloadOf<typeof roomSignals.favourite>): void {
    this.toPerson(userId, frameOf('favourite', { roomId, favourite }));
  }

  private toRoom(roomId: string, frame: Buffer): void {
    for (const connection of this.timelines.find(roomId)?.connections() ?? []) connection.push(frame);
  }

  private toPerson(userId: string, frame: Buffer): void {
    for (const connection of this.connections.of(userId)) connection.push(frame);
  }
}
