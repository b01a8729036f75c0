import { isTracing } from '@atrium/bus';
import { AppError, CLOSE_CODES, FRAME_SCOPES, isInScope, scopeRefusal, type ClientEvent } from '@atrium/contracts';
import { CONFIG, parseBoundedJson } from '@atrium/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Connection } from './connection.ts';
import { FrameHandlers, runThroughNest } from './frame-handlers.ts';
import { traceFrame, type TraceShares } from './frame-traces.ts';
import { malformed, type FrameId } from './frame.ts';
import { parseFrame, type Answer } from './on-frame.ts';

const MAX_IN_FLIGHT = 16;

/** With the trace that its client keeps, where this process traces. */
type ReceivedFrame = { event: string; id: FrameId; data: unknown; traceparent?: string };

/** Reads what clients send: who they are first, then whatever the gateways handle. Answers with `ack` or `error`. */
@Injectable()
export class Dispatcher {
  /** Sockets that introduced themselves; resolves when they were sent their snapshot. */
  private readonly welcoming = new WeakMap<Connection, Promise<void>>();

  constructor(
    private readonly handlers: FrameHandlers,
    @Inject(CONFIG) private readonly shares: TraceShares,
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
    if (connection.isWelcome) return this.handle(connection, frame);
    void welcoming.then(() => connection.isOpen && this.handle(connection, frame));
  }

  private introduce(connection: Connection, { event, data, id }: ReceivedFrame): void {
    if (event !== 'auth') return connection.close(CLOSE_CODES.unauthenticated, 'the first frame must be auth');
    try {
      const input = parseFrame('auth', data);
      // What a client says before it hears `ready` waits on its side; what came with the same packet waits here.
      connection.pauseReading();
      const welcoming = this.handlers.direct.auth(connection, input).finally(() => connection.resumeReading());
      this.welcoming.set(connection, welcoming);
    } catch (error) {
      connection.sendError(error, id);
      connection.close(CLOSE_CODES.unauthenticated, 'auth could not be read');
    }
  }

  private handle(connection: Connection, frame: ReceivedFrame): void {
    const { event, id } = frame;
    if (event === 'ping') return connection.send('pong', this.handlers.direct.ping(connection, {}), id);
    if (event === 'auth') return connection.sendError(malformed('This socket has introduced itself already'), id);
    const isSend = event === 'message.send';
    if (!isSend && !Object.hasOwn(connection.handlers, event)) return connection.sendError(malformed('There is no such event'), id);
    if (++connection.inFlight >= MAX_IN_FLIGHT) connection.pauseReading();
    this.run(connection, frame)
      .then(
        (answer) => (answer || id !== undefined ? connection.send('ack', answer ?? {}, id) : undefined),
        (error: unknown) => this.refuse(connection, { event, id }, error),
      )
      .finally(() => {
        if (--connection.inFlight < MAX_IN_FLIGHT) connection.resumeReading();
      });
  }

  private run(connection: Connection, frame: ReceivedFrame): Promise<Answer | void> {
    return isTracing() ? traceFrame(frame, this.shares, () => this.handOn(connection, frame)) : this.handOn(connection, frame);
  }

  private handOn(connection: Connection, { event, data }: ReceivedFrame): Promise<Answer | void> {
    const { scopes } = connection.identity!;
    const required = FRAME_SCOPES[event as ClientEvent];
    if (scopes && !isInScope(scopes, required)) return Promise.reject(new AppError('insufficient_scope', scopeRefusal(required)));
    return event === 'message.send' ? this.send(connection, data) : runThroughNest(connection, event, data);
  }

  /** The short cut of the hot frame. What is thrown before there is a promise counts like a refusal inside it. */
  private send(connection: Connection, data: unknown): Promise<Answer | void> {
    try {
      return this.handlers.direct['message.send'](connection, parseFrame('message.send', data));
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  /** A message has a limit of its own, which one that is refused does not reach; so it counts with the other frames. */
  private refuse(connection: Connection, { event, id }: Omit<ReceivedFrame, 'data'>, error: unknown): void {
    connection.sendError(error, id);
    const isTheirs = AppError.from(error).status < 500;
    if (event === 'message.send' && isTheirs && !connection.quota.take(Date.now()))
      connection.close(CLOSE_CODES.tooManyFrames, 'too many frames');
  }
}

function readFrame(text: string): ReceivedFrame | undefined {
  let value: unknown;
  try {
    value = parseBoundedJson(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { event, id, data } = value as { event?: unknown; id?: unknown; data?: unknown };
  if (typeof event !== 'string') return undefined;
  const frame: ReceivedFrame = { event, data, id: typeof id === 'string' || typeof id === 'number' ? id : undefined };
  if (isTracing()) readTraceparent(frame, value);
  return frame;
}

function readTraceparent(frame: ReceivedFrame, given: object): void {
  const { traceparent } = given as { traceparent?: unknown };
  if (typeof traceparent === 'string') frame.traceparent = traceparent;
}
