import { RpcClient } from '@atrium/bus';
import { AppError, CLOSE_CODES, rooms } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { CatchUp } from '../timelines/catch-up.ts';
import { TimelineFanout } from '../timelines/timeline-fanout.ts';
import type { Connection } from '../sockets/connection.ts';
import { RoomComposer } from './room.composer.ts';
import { Settler } from './settler.ts';

/** Lets living sockets into a room that their user has just joined, from whatever device. */
@Injectable()
export class RoomEntrance {
  private readonly logger = new Logger('entrance');

  constructor(
    private readonly rpc: RpcClient,
    private readonly fanout: TimelineFanout,
    private readonly catchUp: CatchUp,
    private readonly composer: RoomComposer,
    private readonly settler: Settler,
  ) {}

  /** All sockets given are of one user. @param eventId the event that told of the joining */
  async bringIn(connections: Iterable<Connection>, roomId: string, eventId: string | null = null): Promise<void> {
    const open = [...connections].filter((connection) => connection.isOpen);
    const [first] = open;
    if (!first) return;
    const entering = open.filter((connection) => !connection.rooms.has(roomId));
    for (const connection of entering) this.fanout.enter(connection, roomId);
    try {
      const call = first.call();
      await this.settler.logged(eventId, call);
      const record = await this.rpc.call(rooms.get, { roomId }, call);
      if (!record.me) throw new AppError('not_a_member');
      const activities = await this.composer.activities([roomId], call);
      const room = await this.composer.composeForMember(record, activities.get(roomId), call);
      if (!room) throw new AppError('not_a_member');
      this.fanout.find(roomId)?.markReturned(first.identity!.userId, room.lastSeq);
      for (const connection of entering) {
        connection.send('room.joined', { room });
        void this.catchUp.run(connection, { room, after: room.lastSeq });
      }
    } catch (error) {
      this.giveUp(entering, roomId, AppError.from(error));
    }
  }

  private giveUp(entering: Connection[], roomId: string, error: AppError): void {
    for (const connection of entering) {
      this.fanout.find(roomId)?.leave(connection);
      // Joined and gone again is no failure; anything else is repaired by a new socket.
      if (error.kind !== 'not_found' && error.kind !== 'permission_denied')
        connection.close(CLOSE_CODES.restarting, 'could not enter a room');
    }
    this.logger.warn({ msg: 'a joined room could not be entered', roomId, reason: error.message });
  }
}
