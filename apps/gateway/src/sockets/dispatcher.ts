import { AppError, CLOSE_CODES, HEARTBEAT_SECONDS, type Seq } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { TimelineFanout } from '../timelines/timeline-fanout.ts';
import { Commands, parseFrame, type CommandName } from './commands.ts';
import type { Connection } from './connection.ts';
import { malformed, type FrameId } from './frame.ts';
import { Welcome } from '../rooms/welcome.ts';

const MAX_IN_FLIGHT = 16;
/** A client's timer of thirty seconds may fire a moment early; it should not wait for its heads twice as long then. */
const HEADS_AFTER_MS = HEARTBEAT_SECONDS * 1000 - 1000;

type ReceivedFrame = { event: string; id: FrameId; data: unknown };

/** Reads what clients send: who they are first, then pings and commands. */
@Injectable()
export class Dispatcher {
  /** Sockets that introduced themselves; resolves when they were sent their snapshot. */
  private readonly welcoming = new WeakMap<Connection, Promise<void>>();

  constructor(
    private readonly commands: Commands,
    private readonly welcome: Welcome,
    private readonly fanout: TimelineFanout,
  ) {}

  receive(connection: Connection, text: string): void {
    if (!connection.isOpen) return;
    const now = Date.now();
    connection.lastFrameAt = now;
    const frame = readFrame(text);
    if (frame?.event !== 'message.send' && !connection.quota.take(now)) {
      return connection.close(CLOSE_CODES.tooManyFrames, 'too many frames');
    }
    if (!frame) return connection.sendError(malformed('A frame is {"event", "id"?, "data"}'), undefined);
    const welcoming = this.welcoming.get(connection);
    if (!welcoming) return this.introduce(connection, frame);
    if (connection.isWelcome) return this.handle(connection, frame, now);
    void welcoming.then(() => connection.isOpen && this.handle(connection, frame, now));
  }

  private introduce(connection: Connection, { event, data, id }: ReceivedFrame): void {
    if (event !== 'auth') return connection.close(CLOSE_CODES.unauthenticated, 'the first frame must be auth');
    try {
      const input = parseFrame('auth', data);
      // What a client says before it hears `ready` waits on its side; what came with the same packet waits here.
      connection.pauseReading();
      const welcoming = this.welcome.welcome(connection, input).finally(() => connection.resumeReading());
      this.welcoming.set(connection, welcoming);
    } catch (error) {
      connection.sendError(error, id);
      connection.close(CLOSE_CODES.unauthenticated, 'auth could not be read');
    }
  }

  private handle(connection: Connection, { event, id, data }: ReceivedFrame, now: number): void {
    if (event === 'ping') return this.pong(connection, id, now);
    if (event === 'auth') return connection.sendError(malformed('This socket has introduced itself already'), id);
    if (!this.commands.knows(event)) return connection.sendError(malformed('There is no such event'), id);
    if (++connection.inFlight >= MAX_IN_FLIGHT) connection.pauseReading();
    runSafely(() => this.commands.run(event, connection, data))
      .then(
        (answer) => (answer || id !== undefined ? connection.send('ack', answer ?? {}, id) : undefined),
        (error: unknown) => this.refuse(connection, event, id, error),
      )
      .finally(() => {
        if (--connection.inFlight < MAX_IN_FLIGHT) connection.resumeReading();
      });
  }

  /** A message has a limit of its own, which one that is refused does not reach; so it counts with the other frames. */
  private refuse(connection: Connection, event: CommandName, id: FrameId, error: unknown): void {
    connection.sendError(error, id);
    const isTheirs = AppError.from(error).status < 500;
    if (event === 'message.send' && isTheirs && !connection.quota.take(Date.now()))
      connection.close(CLOSE_CODES.tooManyFrames, 'too many frames');
  }

  private pong(connection: Connection, id: FrameId, now: number): void {
    if (now - connection.lastHeadsAt < HEADS_AFTER_MS) return connection.send('pong', {}, id);
    connection.lastHeadsAt = now;
    const heads: Record<string, z.output<typeof Seq>> = {};
    for (const roomId of connection.rooms) {
      const head = this.fanout.headOf(roomId);
      if (head) heads[roomId] = head;
    }
    connection.send('pong', { heads }, id);
  }
}

/** A refusal thrown before the promise was made counts like one inside it. */
function runSafely<T>(run: () => Promise<T>): Promise<T> {
  try {
    return run();
  } catch (error) {
    return Promise.reject(error as Error);
  }
}

function readFrame(text: string): ReceivedFrame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { event, id, data } = value as { event?: unknown; id?: unknown; data?: unknown };
  if (typeof event !== 'string') return undefined;
  return { event, data, id: typeof id === 'string' || typeof id === 'number' ? id : undefined };
}
