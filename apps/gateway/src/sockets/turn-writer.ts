import { Injectable } from '@nestjs/common';

export type Flushable = { flush(): void };

/**
 * Gathers what one turn of the event loop has to say. Rooms go first and fill the sockets' queues, then every socket
 * is written once: an acknowledgement and the entries that came with it leave in one write. No timer is involved,
 * so a lone frame leaves in the turn that made it.
 */
@Injectable()
export class TurnWriter {
  private rooms: Flushable[] = [];
  private sockets: Flushable[] = [];
  private scheduled = false;

  addRoom(room: Flushable): void {
    this.rooms.push(room);
    this.schedule();
  }

  addSocket(socket: Flushable): void {
    this.sockets.push(socket);
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.flush());
  }

  private flush(): void {
    const rooms = this.rooms;
    this.rooms = [];
    for (const room of rooms) room.flush();
    const sockets = this.sockets;
    this.sockets = [];
    this.scheduled = false;
    for (const socket of sockets) socket.flush();
  }
}
