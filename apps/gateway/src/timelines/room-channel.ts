import type { Connection } from '../sockets/connection.ts';
import type { TurnWriter } from '../sockets/turn-writer.ts';
import { removalAt, slice, timelineFrame, type Batch } from './batch.ts';
import { TimelineOrder } from './order.ts';

/** A socket on its way in: it has everything up to `after`; while it `reads`, what comes live is read by it later. */
type Joining = { after: number; reads: boolean };

/**
 * One room with sockets in this process. What arrives in one turn becomes one frame, made once, and the same bytes
 * go to every socket that is level with the room. A socket that is not yet, or that loses the room with one of
 * these entries, gets a frame of its own.
 */
export class RoomChannel {
  readonly order = new TimelineOrder();
  readonly focused = new Set<Connection>();
  private readonly live = new Set<Connection>();
  private readonly joining = new Map<Connection, Joining>();
  /** Users who came back while a socket of theirs was still in, and the `seq` they are members at again. */
  private readonly returned = new Map<string, number>();
  private outgoing: Batch[] = [];

  constructor(
    readonly roomId: string,
    private readonly turn: TurnWriter,
    private readonly emptied: (channel: RoomChannel) => void,
  ) {}

  get position(): number {
    return this.order.position ?? 0;
  }

  get isEmpty(): boolean {
    return this.live.size === 0 && this.joining.size === 0;
  }

  has(connection: Connection): boolean {
    return this.live.has(connection) || this.joining.has(connection);
  }

  isJoining(connection: Connection): boolean {
    return this.joining.has(connection);
  }

  *connections(): Iterable<Connection> {
    yield* this.live;
    yield* this.joining.keys();
  }

  /** Takes a socket in before the room's head is read, so that nothing falls between the two. */
  enter(connection: Connection): void {
    this.joining.set(connection, { after: 0, reads: true });
    connection.rooms.add(this.roomId);
  }

  /** The socket has everything up to `after` and follows from there. */
  follow(connection: Connection, after: number): void {
    if (!this.joining.has(connection)) return;
    this.joining.set(connection, { after, reads: false });
    this.promote(connection, after);
  }

  leave(connection: Connection): void {
    this.live.delete(connection);
    this.joining.delete(connection);
    this.focused.delete(connection);
    connection.rooms.delete(this.roomId);
    if (connection.focus === this.roomId) connection.focus = null;
    if (this.isEmpty) this.emptied(this);
  }

  /** A removal up to this `seq` is older than the membership that user has now. */
  markReturned(userId: string, seq: number): void {
    this.returned.set(userId, seq);
  }

  /** Passes on batches that the order has let through. */
  emit(batches: readonly Batch[]): void {
    if (batches.length === 0) return;
    if (this.outgoing.length === 0) this.turn.addRoom(this);
    this.outgoing.push(...batches);
  }

  flush(): void {
    const batches = this.outgoing;
    this.outgoing = [];
    if (batches.every((batch) => batch.removed.length === 0 && !batch.archived)) this.broadcast(batches);
    else for (const batch of batches) this.broadcastWithRemovals(batch);
    for (const [connection, { after, reads }] of this.joining) {
      if (!reads) this.deliverTo(connection, after, batches);
    }
  }

  private broadcast(batches: readonly Batch[]): void {
    if (this.live.size === 0) return;
    const text = batches.length === 1 ? batches[0]!.text : batches.map((batch) => batch.text).join(',');
    const frame = timelineFrame(this.roomId, text);
    for (const connection of this.live) connection.push(frame);
  }

  private broadcastWithRemovals(batch: Batch): void {
    for (const connection of this.live) {
      const seq = this.removalOf(connection, batch);
      if (seq !== undefined) this.deliverRemoval(connection, batch, batch.from - 1);
    }
    this.broadcast([batch]);
    if (batch.archived) for (const connection of this.live) this.closeFor(connection);
  }

  private closeFor(connection: Connection): void {
    connection.send('room.removed', { roomId: this.roomId, reason: 'archived' });
    this.leave(connection);
  }

  /** Slowly and exactly: only what this socket does not have, and nothing past its removal. */
  private deliverTo(connection: Connection, start: number, batches: readonly Batch[]): void {
    let after = start;
    for (const batch of batches) {
      if (this.deliverRemoval(connection, batch, after)) return;
      const part = slice(batch, after);
      if (part) connection.push(timelineFrame(this.roomId, part.text));
      if (batch.archived && batch.to > after) return this.closeFor(connection);
      after = Math.max(after, batch.to);
    }
    this.joining.set(connection, { after, reads: false });
    this.promote(connection, after);
  }

  /**
   * If the batch takes the room from this socket's user: sends what is left up to that entry, says so, and lets go.
   * @returns whether it did
   */
  deliverRemoval(connection: Connection, batch: Batch, after: number): boolean {
    const seq = this.removalOf(connection, batch);
    if (seq === undefined || seq <= after) return false;
    const part = slice(batch, after, seq);
    if (part) connection.push(timelineFrame(this.roomId, part.text));
    connection.send('room.removed', { roomId: this.roomId, ...removalAt(batch, seq) });
    this.leave(connection);
    return true;
  }

  private removalOf(connection: Connection, batch: Batch): number | undefined {
    const userId = connection.identity!.userId;
    const valid = this.returned.get(userId) ?? 0;
    return batch.removed.find((removal) => removal.userId === userId && removal.seq > valid)?.seq;
  }

  /** Level with the room: from here on the common frame will do. Batches of this turn are still to go out. */
  private promote(connection: Connection, after: number): void {
    const level = (this.outgoing[0]?.from ?? this.position + 1) - 1;
    if (after !== level) return;
    this.joining.delete(connection);
    this.live.add(connection);
  }
}
