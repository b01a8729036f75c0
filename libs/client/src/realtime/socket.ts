import type { ClientEvent, ClientFrame, ServerFrame } from '@atrium/contracts';

/** What we need of a WebSocket: the browser's, Node's, or that of `ws`. */
export type SocketLike = {
  readonly readyState: number;
  send(data: string): void;
  close(code?: number, reason?: string): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
};
export type SocketConstructor = new (url: string) => SocketLike;

const OPEN = 1;

type SocketHandlers = {
  open(): void;
  frame(frame: ServerFrame): void;
  close(code: number): void;
};

/** One socket from opening to closing, told exactly once that it closed. */
export class FrameSocket {
  readonly #socket: SocketLike;
  #closed = false;

  constructor(
    Socket: SocketConstructor,
    url: string,
    private readonly handlers: SocketHandlers,
  ) {
    const socket = new Socket(url);
    this.#socket = socket;
    socket.onopen = () => !this.#closed && handlers.open();
    socket.onmessage = (event: { data: unknown }) => this.#read(event.data);
    socket.onclose = (event: { code: number }) => this.#finish(event.code);
    // An error is always followed by a close, which carries all we can use.
    socket.onerror = () => undefined;
  }

  get isOpen(): boolean {
    return !this.#closed && this.#socket.readyState === OPEN;
  }

  send<E extends ClientEvent>(frame: ClientFrame<E>): boolean {
    if (!this.isOpen) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Closes and reports at once: a dead line would otherwise hold the close event back for minutes. */
  close(code = 1000): void {
    this.#finish(code);
    this.#socket.close(1000);
  }

  #read(data: unknown): void {
    if (this.#closed || typeof data !== 'string') return;
    this.handlers.frame(JSON.parse(data) as ServerFrame);
  }

  #finish(code: number): void {
    if (this.#closed) return;
    this.#closed = true;
    this.handlers.close(code);
  }
}
