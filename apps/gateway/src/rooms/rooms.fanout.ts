import { OnLiveEvent } from '@atrium/bus';
import { roomEvents, roomSignals, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { TimelineFanout } from '../timelines/timeline-fanout.ts';
import type { Connection } from '../sockets/connection.ts';
import { Connections } from '../sockets/connections.ts';
import { frameOf } from '../sockets/frame.ts';
import { RoomEntrance } from './room.entrance.ts';
import { UnheardPresence } from './unheard-presence.ts';

/** In front of so many eyes, "is typing" is noise. */
const MAX_FOCUSED_FOR_TYPING = 100;

/** What the rooms service tells live: who joined, who types, who is there. */
@Controller()
export class RoomsFanout {
  constructor(
    private readonly connections: Connections,
    private readonly fanout: TimelineFanout,
    private readonly entrance: RoomEntrance,
    private readonly unheard: UnheardPresence,
  ) {}

  @OnLiveEvent(roomEvents.memberJoined)
  async memberJoined({ roomId, version, member }: PayloadOf<typeof roomEvents.memberJoined>): Promise<void> {
    await this.entrance.bringIn(this.connections.of(member.userId), roomId, { kind: 'room', key: roomId, version });
  }

  @OnLiveEvent(roomSignals.typing)
  typing({ roomId, userId, typing }: PayloadOf<typeof roomSignals.typing>): void {
    const channel = this.fanout.find(roomId);
    if (!channel || channel.focused.size > MAX_FOCUSED_FOR_TYPING) return;
    const frame = frameOf('typing', { roomId, userId, typing });
    for (const connection of channel.connections()) {
      if (connection.identity!.userId !== userId) connection.pushDroppable(frame);
    }
  }

  @OnLiveEvent(roomSignals.presence)
  presence({ userId, status, roomIds, directRoomIds = [] }: PayloadOf<typeof roomSignals.presence>): void {
    const frame = frameOf('presence', { userId, status });
    this.unheard.note({ frame, directRoomIds });
    const told = new Set<Connection>();
    for (const roomId of roomIds) {
      for (const connection of this.fanout.find(roomId)?.focused ?? []) told.add(connection);
    }
    for (const roomId of directRoomIds) for (const connection of this.fanout.find(roomId)?.connections() ?? []) told.add(connection);
    for (const connection of told) if (connection.isWelcome) connection.pushDroppable(frame);
  }
}
