import { CLOSE_CODES, type ClientEvent, type ClientFrame, HEARTBEAT_SECONDS, type ServerFrame } from '@atrium/contracts';
import { Emitter } from '../emitter.ts';
import { AtriumError } from '../errors.ts';
import { Backoff } from './backoff.ts';
import { FrameSocket, type SocketConstructor } from './socket.ts';

/**
 * `idle` before `open()` and after `close()`; `waiting` between attempts; `stopped` when coming back by itself would
 * be wrong (signed out, or another device took this one's place).
 */
export type ConnectionState =
  | { name: 'idle' }
  | { name: 'connecting'; attempt: number }
  | { name: 'online' }
  | { name: 'waiting'; attempt: number; retryAt: number }
  | { name: 'stopped'; reason: 'revoked' | 'superseded' | 'signed_out' };

type Ready = Extract<ServerFrame, { event: 'ready' }>['data'];
type ConnectionEvents = { state: ConnectionState; ready: Ready; frame: ServerFrame };
export type ConnectionOptions = {
  url: string;
  /** Absent where the runtime has none and none was given. */
  Socket: SocketConstructor | undefined;
  token: () => Promise<string>;
  /** Called when the server refused the token: the next one must be new. */
  renew: () => Promise<string>;
  /** What the client has of each room, named when it introduces itself. */
  resume: () => { rooms: Record<string, number>; epochs: Record<string, string> };
  /** How long a socket may take to become ready, and a ping to be answered. */
  answerWithinMs?: number;
  backoff?: Backoff;
};

const ANSWER_WITHIN_MS = 10_000;
const NO_SOCKET =
  'This runtime has no WebSocket: take Node 22 or newer, or give one, as that of the package "ws": new AtriumClient({ …, WebSocket }).';

/** Keeps one authenticated socket alive: opens, introduces itself, pings, notices silence, comes back. */
export class Connection extends Emitter<ConnectionEvents> {
  #state: ConnectionState = { name: 'idle' };
  #socket: FrameSocket | undefined;
  #attempt = 0;
  /** Raised by every opening and closing, so that a token that comes late opens nothing. */
  #turn = 0;
  #tokenRefused = false;
  #heartbeatMs = HEARTBEAT_SECONDS * 1000;
  #restartWithinMs: number | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #answerTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #backoff: Backoff;

  constructor(private readonly options: ConnectionOptions) {
    super();
    this.#backoff = options.backoff ?? new Backoff();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get online(): boolean {
    return this.#state.name === 'online';
  }

  open(): void {
    if (!this.options.Socket) throw new Error(NO_SOCKET);
    if (this.#state.name === 'idle' || this.#state.name === 'stopped') void this.#connect();
  }

  close(): void {
    this.#turn += 1;
    this.#dropSocket();
    clearTimeout(this.#retryTimer);
    this.#become({ name: 'idle' });
  }

  /** Something suggests that the line changed (back online, tab shown): try now, or make sure that it still lives. */
  nudge(): void {
    if (this.#state.name === 'waiting') {
      clearTimeout(this.#retryTimer);
      void this.#connect();
    } else if (this.#state.name === 'online') this.#ping();
  }

  /** Gives this socket up for a new one; what was missed comes with the resume. */
  restart(): void {
    if (this.#socket) this.#socket.close();
  }

  /** Whether the frame went out; never before the server said that it is ready. */
  send<E extends ClientEvent>(frame: ClientFrame<E>): boolean {
    return this.online && this.#socket !== undefined && this.#socket.send(frame);
  }

  async #connect(): Promise<void> {
    this.#attempt += 1;
    const turn = ++this.#turn;
    this.#become({ name: 'connecting', attempt: this.#attempt });
    let token: string;
    try {
      token = await (this.#tokenRefused ? this.options.renew() : this.options.token());
    } catch (error) {
      if (turn !== this.#turn) return;
      if (AtriumError.from(error).status === 401) this.#become({ name: 'stopped', reason: 'signed_out' });
      else this.#retry();
      return;
    }
    if (turn !== this.#turn) return;
    this.#tokenRefused = false;
    const socket = new FrameSocket(this.options.Socket!, this.options.url, {
      open: () => socket.send({ event: 'auth', data: { token, ...this.options.resume() } }),
      frame: (frame) => this.#receive(frame),
      close: (code) => this.#closed(code),
    });
    this.#socket = socket;
    this.#expectAnswer();
  }

  #receive(frame: ServerFrame): void {
    if (frame.event === 'ready') return this.#ready(frame.data);
    if (frame.event === 'pong') this.#answered();
    if (frame.event === 'restarting') {
      this.#restartWithinMs = frame.data.withinMs;
      this.#socket?.close();
      return;
    }
    this.emit('frame', frame);
  }

  #ready(ready: Ready): void {
    this.#answered();
    this.#attempt = 0;
    this.#backoff.reset();
    this.#heartbeatMs = ready.heartbeatSeconds * 1000;
    this.#pingTimer = setInterval(() => this.#ping(), this.#heartbeatMs);
    // Stores hear of the snapshot before anyone hears that we are online and starts sending.
    this.emit('ready', ready);
    this.#become({ name: 'online' });
  }

  #ping(): void {
    if (this.send({ event: 'ping', data: {} })) this.#expectAnswer();
  }

  #expectAnswer(): void {
    // The first question that stays without an answer counts, however many follow it.
    this.#answerTimer ??= setTimeout(() => this.#socket?.close(), this.options.answerWithinMs ?? ANSWER_WITHIN_MS);
  }

  #answered(): void {
    clearTimeout(this.#answerTimer);
    this.#answerTimer = undefined;
  }

  #closed(code: number): void {
    this.#socket = undefined;
    clearInterval(this.#pingTimer);
    this.#answered();
    if (this.#state.name === 'idle') return;
    if (code === CLOSE_CODES.revoked) return this.#become({ name: 'stopped', reason: 'revoked' });
    if (code === CLOSE_CODES.superseded) return this.#become({ name: 'stopped', reason: 'superseded' });
    if (code === CLOSE_CODES.unauthenticated) this.#tokenRefused = true;
    this.#retry();
  }

  #retry(): void {
    const within = this.#restartWithinMs;
    this.#restartWithinMs = undefined;
    const waitMs = within === undefined ? this.#backoff.nextMs() : Math.round(Math.random() * within);
    this.#become({ name: 'waiting', attempt: this.#attempt, retryAt: Date.now() + waitMs });
    this.#retryTimer = setTimeout(() => void this.#connect(), waitMs);
  }

  #dropSocket(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#state = { name: 'idle' };
    socket?.close();
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    this.emit('state', state);
  }
}
