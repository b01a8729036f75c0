import { OnLiveEvent } from '@atrium/bus';
import { botSignals, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { Connections } from '../sockets/connections.ts';
import { frameOf } from '../sockets/frame.ts';
import { TimelineFanout } from '../timelines/timeline-fanout.ts';

@Controller()
export class BotFanout {
  constructor(
    private readonly connections: Connections,
    private readonly fanout: TimelineFanout,
  ) {}

  /** To whom it is for, on all of their devices that still have the room. */
  @OnLiveEvent(botSignals.note)
  note({ userId, note }: PayloadOf<typeof botSignals.note>): void {
    const frame = frameOf('note', note);
    for (const connection of this.connections.of(userId)) connection.push(frame);
  }

  @OnLiveEvent(botSignals.poll)
  poll(payload: PayloadOf<typeof botSignals.poll>): void {
    const channel = this.fanout.find(payload.roomId);
    if (!channel) return;
    const frame = frameOf('poll', payload);
    for (const connection of channel.connections()) connection.pushDroppable(frame);
  }
}
