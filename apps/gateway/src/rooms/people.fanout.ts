import { OnLiveEvent } from '@atrium/bus';
import { roomSignals, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { Connections } from '../sockets/connections.ts';
import { frameOf } from '../sockets/frame.ts';
import { TimelineFanout } from '../timelines/timeline-fanout.ts';

/** What rooms tells live of people, beside the timeline: hands, who acts for the host, the lobby, favourites, and how people show themselves. */
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

  /** Each socket once, however many rooms it shares with that person. */
  @OnLiveEvent(roomSignals.person)
  person({ person: { userId, ...shown }, roomIds }: PayloadOf<typeof roomSignals.person>): void {
    const told = new Set(this.connections.of(userId));
    for (const roomId of roomIds) for (const connection of this.timelines.find(roomId)?.connections() ?? []) told.add(connection);
    if (told.size === 0) return;
    const frame = frameOf('person', { id: userId, ...shown });
    for (const connection of told) connection.push(frame);
  }

  private toRoom(roomId: string, frame: Buffer): void {
    for (const connection of this.timelines.find(roomId)?.connections() ?? []) connection.push(frame);
  }

  private toPerson(userId: string, frame: Buffer): void {
    for (const connection of this.connections.of(userId)) connection.push(frame);
  }
}
