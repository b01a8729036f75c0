import { Bus } from '@atrium/bus';
import { timelineSubject } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';
import type { Subscription } from '@nats-io/transport-node';
import pLimit from 'p-limit';
import type { Connection } from '../sockets/connection.ts';
import { Connections } from '../sockets/connections.ts';
import { TurnWriter } from '../sockets/turn-writer.ts';
import { RoomChannel } from './room-channel.ts';
import { readBatch } from './batch.ts';
import { TimelineReader } from './timeline-reader.ts';

/** What overtook another on the bus is usually a few milliseconds ahead. */
const HOLD_MS = 100;
/** A head that we hear of before its entries: they are most likely on their way. */
const BEHIND_MS = 500;
const RETRY_MS = 500;
/** After an outage every room is behind; the calls that may be under way to messages are for the clients as well. */
const REPAIRS_AT_ONCE = 16;

type Open = { channel: RoomChannel; subscription: Subscription; repair: NodeJS.Timeout | undefined; head: number };

/**
 * Brings the rooms' entries to the sockets: one subscription per room with a socket here. What goes missing on the
 * bus (overtaken, or lost) is read back from the messages service.
 */
@Injectable()
export class TimelineFanout {
  private readonly logger = new Logger('fanout');
  private readonly rooms = new Map<string, Open>();
  private readonly repairs = pLimit(REPAIRS_AT_ONCE);

  constructor(
    private readonly bus: Bus,
    private readonly turn: TurnWriter,
    private readonly reader: TimelineReader,
    connections: Connections,
  ) {
    connections.onLeave((connection) => this.leaveAll(connection));
  }

  get roomIds(): string[] {
    return [...this.rooms.keys()];
  }

  find(roomId: string): RoomChannel | undefined {
    return this.rooms.get(roomId)?.channel;
  }

  /** The last `seq` of a room as far as this process knows. */
  headOf(roomId: string): number | undefined {
    const open = this.rooms.get(roomId);
    return open && Math.max(open.channel.position, open.head);
  }

  /** Takes a socket into a room. Its entries come once `start` and `RoomChannel.follow` have said from where. */
  enter(connection: Connection, roomId: string): RoomChannel {
    const open = this.rooms.get(roomId) ?? this.open(roomId);
    if (!open.channel.has(connection)) open.channel.enter(connection);
    return open.channel;
  }

  leaveAll(connection: Connection): void {
    for (const roomId of connection.rooms) this.find(roomId)?.leave(connection);
  }

  /** Says where a room stands; the first to know decides, and anyone who knows of more starts a repair. */
  tellHead(roomId: string, head: number): void {
    const open = this.rooms.get(roomId);
    if (!open) return;
    open.head = Math.max(open.head, head);
    open.channel.emit(open.channel.order.start(head));
    if (open.channel.position < open.head) this.scheduleRepair(open, BEHIND_MS);
  }

  private open(roomId: string): Open {
    const channel = new RoomChannel(roomId, this.turn, () => this.close(roomId));
    const subscription = this.bus.connection.subscribe(timelineSubject(roomId), {
      callback: (error, message) => {
        if (error) this.logger.error(`${roomId}: ${error.message}`);
        else this.receive(open, message.string());
      },
    });
    const open: Open = { channel, subscription, repair: undefined, head: 0 };
    this.rooms.set(roomId, open);
    return open;
  }

  private close(roomId: string): void {
    const open = this.rooms.get(roomId);
    if (!open) return;
    this.rooms.delete(roomId);
    clearTimeout(open.repair);
    open.subscription.unsubscribe();
  }

  private receive(open: Open, bytes: string): void {
    try {
      const { batch } = readBatch(bytes);
      open.channel.emit(open.channel.order.accept(batch));
      if (open.channel.order.gap) this.scheduleRepair(open, HOLD_MS);
    } catch (error) {
      this.logger.error({ msg: 'a timeline message could not be read', roomId: open.channel.roomId, err: error });
    }
  }

  /** One timer per room at most; what is missing when it fires is read. */
  private scheduleRepair(open: Open, delayMs: number): void {
    open.repair ??= setTimeout(() => {
      void this.repairs(() => this.repair(open)).then((done) => {
        open.repair = undefined;
        if (!done && this.isOpen(open)) this.scheduleRepair(open, RETRY_MS);
      });
    }, delayMs);
  }

  /** A room may be left by everyone, and entered again, while its repair waits or is under way. */
  private isOpen(open: Open): boolean {
    return this.rooms.get(open.channel.roomId) === open;
  }

  /** @returns whether the room is level now */
  private async repair(open: Open): Promise<boolean> {
    const { channel } = open;
    while (this.isOpen(open) && (channel.order.gap ?? channel.position < open.head)) {
      try {
        const batch = await this.reader.read(channel.roomId, channel.position, channel.order.gap?.until ?? open.head);
        if (batch.to <= channel.position) return false;
        channel.emit(channel.order.accept(batch));
        this.logger.debug({ msg: 'entries read back', roomId: channel.roomId, from: batch.from, to: batch.to });
      } catch (error) {
        this.logger.warn({ msg: 'missing entries could not be read yet', roomId: channel.roomId, reason: (error as Error).message });
        return false;
      }
    }
    return true;
  }
}
