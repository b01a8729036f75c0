import { CLOSE_CODES, type ServerEvent, type ServerFrame } from '@atrium/contracts';
import type { Identity } from '../http/caller.ts';
import type { CallOptions } from '@atrium/bus';
import { errorFrame, frameOf, type FrameId } from './frame.ts';
import type { Peer } from './peer.ts';
import type { TurnWriter } from './turn-writer.ts';

/** Above this, what may be lost is not sent. */
const DROP_ABOVE_BYTES = 256 * 1024;
/** More than this left of earlier turns, and the client is too slow and comes back later. */
const CLOSE_ABOVE_BYTES = 1024 * 1024;
const FRAMES_PER_MINUTE = 120;
const FRAMES_PER_MS = FRAMES_PER_MINUTE / 60_000;

/** Frames a client may send besides messages: a minute's worth at once, then as many as come back. */
export class FrameQuota {
  private left = FRAMES_PER_MINUTE;
  private at = 0;

  /** @returns whether one more frame fits */
  take(now: number): boolean {
    this.left = this.at === 0 ? FRAMES_PER_MINUTE : Math.min(FRAMES_PER_MINUTE, this.left + (now - this.at) * FRAMES_PER_MS);
    this.at = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}

/** A handler that Nest made for one client; what it was refused with is noted in the outcome. */
export type BoundHandler = (data: unknown, outcome: { refusal?: unknown }) => unknown;

let lastNumber = 0;

/**
 * One socket of one client. Everything goes out through `push`: frames wait for the end of the turn and leave in one
 * write, past `ws`, whose own sender is used for control frames only and so never has a frame half written.
 */
export class Connection {
  readonly id = `socket-${process.pid}-${++lastNumber}`;
  /** Who this is; unknown until `auth`. */
  identity: (Identity & { expiresAt: number }) | undefined;
  /** Whether its client was sent all that comes before it may ask for anything. */
  isWelcome = false;
  /** By event, for the frames that pass through Nest. */
  readonly handlers: Record<string, BoundHandler> = {};
  openedAt = Date.now();
  lastFrameAt = this.openedAt;
  inFlight = 0;
  /** From here, what the layers above note about a socket: a map of their own would cost a look-up for each frame. */
  readonly rooms = new Set<string>();
  focus: string | null = null;
  /** Since when it is this room; epoch milliseconds. */
  focusedAt = 0;
  /** Whether the person was at the keyboard lately, as the client says. */
  active = true;
  lastHeadsAt = 0;
  readonly quota = new FrameQuota();
  private commands = 0;
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  /** Bytes of the largest turn that still waits for the client: what came at once is not held against it. */
  private largestTurn = 0;
  private closing = false;

  constructor(
    private readonly peer: Peer,
    private readonly turn: TurnWriter,
    /** Asked to forget the connection as soon as it is closing, not only when the client has agreed. */
    private readonly forget: (connection: Connection) => void,
  ) {}

  get isOpen(): boolean {
    return !this.closing && this.peer.readyState === this.peer.OPEN;
  }

  get backlogBytes(): number {
    return this.pendingBytes + (this.peer._socket?.writableLength ?? 0);
  }

  /** The call a command makes on behalf of this socket's user. */
  call(): CallOptions {
    const identity = this.identity!;
    return {
      actorId: identity.userId,
      actorRole: identity.role,
      sessionId: identity.sessionId,
      requestId: `${this.id}-${++this.commands}`,
    };
  }

  /** Sends a ready frame with the others of this turn. */
  push(frame: Buffer): void {
    if (this.closing) return;
    if (this.pending.push(frame) === 1) this.turn.addSocket(this);
    this.pendingBytes += frame.length;
  }

  /** Sends what may be lost, unless the client is behind. */
  pushDroppable(frame: Buffer): void {
    if (this.backlogBytes <= DROP_ABOVE_BYTES) this.push(frame);
  }

  send<E extends ServerEvent>(event: E, data: ServerFrame<E>['data'], id?: FrameId): void {
    this.push(frameOf(event, data, id));
  }

  sendError(error: unknown, id: FrameId): void {
    this.push(errorFrame(error, id));
  }

  /**
   * Writes the frames of this turn, however large, unless earlier ones wait: a client is slow by what it left, not by
   * what is said to it. Node counts a write as waiting until the last byte of it is on the line, so a client may have
   * read most of a large turn and still seem to owe all of it.
   */
  flush(): void {
    const frames = this.pending;
    const bytes = this.pendingBytes;
    this.pending = [];
    this.pendingBytes = 0;
    const socket = this.peer._socket;
    if (!socket || this.peer.readyState !== this.peer.OPEN) return;
    const backlog = socket.writableLength;
    this.largestTurn = Math.max(Math.min(this.largestTurn, backlog), bytes);
    if (backlog + bytes > CLOSE_ABOVE_BYTES + this.largestTurn) return this.close(CLOSE_CODES.tooSlow, 'too slow to read');
    if (frames.length === 1) socket.write(frames[0]!);
    else {
      socket.cork();
      for (const frame of frames) socket.write(frame);
      socket.uncork();
    }
  }

  /** Resolves when the client has taken most of what waits for it, or is gone. */
  async drained(): Promise<void> {
    while (this.isOpen && this.backlogBytes > DROP_ABOVE_BYTES) await this.nextDrain();
  }

  private nextDrain(): Promise<void> {
    return new Promise((resolve) => {
      const socket = this.peer._socket;
      if (!socket || socket.writableLength === 0) return void setImmediate(resolve);
      const done = () => {
        socket.off('drain', done).off('close', done);
        resolve();
      };
      socket.on('drain', done).on('close', done);
    });
  }

  /** Says what is still to say, then goodbye. */
  close(code: number, reason: string): void {
    if (this.closing) return;
    if (this.pending.length > 0 && code !== CLOSE_CODES.tooSlow) this.flush();
    this.closing = true;
    this.pending = [];
    this.peer.close(code, reason);
    this.forget(this);
  }

  /** The socket has gone by itself. */
  markClosed(): void {
    this.closing = true;
    this.pending = [];
  }

  pauseReading(): void {
    if (!this.peer.isPaused) this.peer.pause();
  }

  resumeReading(): void {
    if (this.peer.isPaused) this.peer.resume();
  }
}
