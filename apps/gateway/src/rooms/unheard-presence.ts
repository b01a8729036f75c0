import { Injectable } from '@nestjs/common';
import type { Connection } from '../sockets/connection.ts';
import { Connections } from '../sockets/connections.ts';

type Told = { frame: Buffer; directRoomIds: readonly string[] };

/** Who came and went while a socket was being welcomed: its snapshot may have been read before, and nobody tells it again. */
@Injectable()
export class UnheardPresence {
  private readonly unheard = new Map<Connection, Told[]>();

  constructor(connections: Connections) {
    connections.onLeave((connection) => this.unheard.delete(connection));
  }

  /** From before the snapshot is read. */
  keepFor(connection: Connection): void {
    this.unheard.set(connection, []);
  }

  note(told: Told): void {
    if (told.directRoomIds.length > 0) for (const kept of this.unheard.values()) kept.push(told);
  }

  /** Behind the snapshot. */
  tell(connection: Connection): void {
    for (const { frame, directRoomIds } of this.unheard.get(connection) ?? []) {
      if (directRoomIds.some((roomId) => connection.rooms.has(roomId))) connection.pushDroppable(frame);
    }
    this.unheard.delete(connection);
  }
}
