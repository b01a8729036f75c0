import { OnLiveEvent } from '@atrium/bus';
import { messageSignals, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { Connections } from '../sockets/connections.ts';
import { frameOf } from '../sockets/frame.ts';

/** What concerns one person in messages, on all of their devices. */
@Controller()
export class MessagesFanout {
  constructor(private readonly connections: Connections) {}

  @OnLiveEvent(messageSignals.read)
  read({ userId, ...marker }: PayloadOf<typeof messageSignals.read>): void {
    const own = this.connections.of(userId);
    if (own.size === 0) return;
    const frame = frameOf('read', marker);
    for (const connection of own) connection.push(frame);
  }

  @OnLiveEvent(messageSignals.drafted)
  drafted({ userId, ...draft }: PayloadOf<typeof messageSignals.drafted>): void {
    const frame = frameOf('draft', draft);
    for (const connection of this.connections.of(userId)) connection.push(frame);
  }

  @OnLiveEvent(messageSignals.scheduleChanged)
  scheduleChanged({ userId, ...change }: PayloadOf<typeof messageSignals.scheduleChanged>): void {
    const frame = frameOf('scheduled', change);
    for (const connection of this.connections.of(userId)) connection.push(frame);
  }

  @OnLiveEvent(messageSignals.followed)
  followed({ userId, ...change }: PayloadOf<typeof messageSignals.followed>): void {
    const frame = frameOf('thread.followed', change);
    for (const connection of this.connections.of(userId)) connection.push(frame);
  }

  @OnLiveEvent(messageSignals.saved)
  saved({ userId, ...change }: PayloadOf<typeof messageSignals.saved>): void {
    const frame = frameOf('saved', change);
    for (const connection of this.connections.of(userId)) connection.push(frame);
  }
}
