import { once } from 'node:events';
import { WebSocket } from 'ws';

type Frame =
  | { event: 'timeline'; data: { roomId: string; entries: { seq: number }[] } }
  | { event: 'room.joined'; data: { room: { id: string; lastSeq: number } } }
  | { event: 'other' };
const OPENS_WITHIN_MS = 20_000;

/** A page that somebody has open at one gateway: which entries of each room it was shown, in the order it was. */
export class RacePage {
  readonly #socket: WebSocket;
  readonly #shown = new Map<string, number[]>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
  }

  static async open(gateway: string, token: string): Promise<RacePage> {
    const page = new RacePage(new WebSocket(`${gateway.replace(/^http/, 'ws')}/ws`));
    const socket = page.#socket;
    const patience = { signal: AbortSignal.timeout(OPENS_WITHIN_MS) };
    await once(socket, 'open', patience);
    const ready = once(socket, 'message', patience);
    socket.on('message', (data: Buffer) => page.#take(JSON.parse(data.toString()) as Frame));
    socket.send(JSON.stringify({ event: 'auth', data: { token } }));
    await ready;
    return page;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  shown(roomId: string): readonly number[] {
    return this.#shown.get(roomId) ?? [];
  }

  /** Resolves once everything that was written to it has come: pings are answered in their turn. */
  async caughtUp(): Promise<void> {
    if (!this.isOpen) return;
    const done = new AbortController();
    const answered = Promise.race(['pong', 'close'].map((event) => once(this.#socket, event, done)));
    this.#socket.ping();
    await answered;
    done.abort();
  }

  close(): void {
    this.#socket.close();
  }

  #take(frame: Frame): void {
    if (frame.event === 'timeline')
      this.#show(
        frame.data.roomId,
        frame.data.entries.map(({ seq }) => seq),
      );
    // Says where the room stands; what comes from there on is pushed.
    if (frame.event === 'room.joined') this.#show(frame.data.room.id, [frame.data.room.lastSeq]);
  }

  #show(roomId: string, seqs: readonly number[]): void {
    this.#shown.set(roomId, [...this.shown(roomId), ...seqs]);
  }
}
