import { RpcClient } from '@atrium/bus';
import { AppError, CLOSE_CODES, rooms, type FactMark } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { CatchUp } from '../timelines/catch-up.ts';
import { TimelineFanout } from '../timelines/timeline-fanout.ts';
import type { Connection } from '../sockets/connection.ts';
import { RoomComposer } from './room.composer.ts';
import { Settler } from './settler.ts';
import { UnheardPresence } from './unheard-presence.ts';

/** Lets living sockets into a room that their user has just joined, from whatever device. */
@Injectable()
export class RoomEntrance {
  private readonly logger = new Logger('entrance');
  /** Of sockets that are being welcomed: rooms joined since, which their snapshot may or may not have. */
  private readonly waiting = new WeakMap<Connection, Set<string>>();

  constructor(
    private readonly rpc: RpcClient,
    private readonly fanout: TimelineFanout,
    private readonly catchUp: CatchUp,
    private readonly composer: RoomComposer,
    private readonly settler: Settler,
    private readonly unheard: UnheardPresence,
  ) {}

  /** Lets the socket into no room until `release`: its client hears of nothing before its snapshot. */
  hold(connection: Connection): void {
    this.waiting.set(connection, new Set());
    this.unheard.keepFor(connection);
  }

  release(connection: Connection): void {
    const joined = this.waiting.get(connection) ?? [];
    this.waiting.delete(connection);
    this.unheard.tell(connection);
    for (const roomId of joined) if (!connection.rooms.has(roomId)) void this.bringIn([connection], roomId);
  }

  /** All sockets given are of one user. @param joining the fact that told of it */
  async bringIn(connections: Iterable<Connection>, roomId: string, joining?: FactMark): Promise<void> {
    const open = [...connections].filter((connection) => connection.isOpen && !this.isHeld(connection, roomId));
    const [first] = open;
    if (!first) return;
    const entering = open.filter((connection) => !connection.rooms.has(roomId));
    for (const connection of entering) this.fanout.enter(connection, roomId);
    try {
      const call = first.call();
      await this.settler.logged(joining ? [joining] : [], call);
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

  private isHeld(connection: Connection, roomId: string): boolean {
    return this.waiting.get(connection)?.add(roomId) !== undefined;
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
