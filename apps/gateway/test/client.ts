import type { ServerEvent } from '@atrium/contracts';
import { onCleanup, waitFor } from '@atrium/testing';
import { WebSocket } from 'ws';

type Frame = { event: ServerEvent; id?: string; data: never };
type Entry = { seq: number; type: string };

/** A client that speaks plain WebSocket and keeps all it hears. */
export class TestClient {
  readonly frames: { event: string; id?: string; data: Record<string, unknown> }[] = [];
  closeCode: number | undefined;
  /** Why the socket did not open, in the words of the library. */
  failure: string | undefined;
  readonly socket: WebSocket;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, { headers });
    this.socket.on('message', (data) => this.frames.push(JSON.parse(String(data)) as Frame));
    this.socket.on('close', (code) => (this.closeCode = code));
    this.socket.on('error', ({ message }) => (this.failure = message));
    onCleanup(() => this.socket.terminate());
  }

  /** Opens and introduces itself; resolves with the snapshot. */
  static async signedIn(url: string, auth: object): Promise<TestClient> {
    const client = new TestClient(url);
    await client.opened();
    client.send('auth', auth);
    await client.next('ready');
    return client;
  }

  /** Takes one frame at a time, with a pause after each, as at the end of a slow line. */
  readSlowly(): void {
    this.socket.on('message', () => {
      this.socket.pause();
      setTimeout(() => this.socket.resume(), 5);
    });
  }

  async opened(): Promise<void> {
    await waitFor(() => this.socket.readyState === WebSocket.OPEN, { what: 'the socket to open' });
  }

  send(event: string, data: unknown, id?: string): void {
    this.socket.send(JSON.stringify({ event, id, data }));
  }

  all(event: ServerEvent): Record<string, unknown>[] {
    return this.frames.filter((frame) => frame.event === event).map(({ data }) => data);
  }

  next(
    event: ServerEvent,
    matches: (data: Record<string, unknown>, id?: string) => boolean = () => true,
  ): Promise<Record<string, unknown>> {
    return waitFor(() => this.frames.find((frame) => frame.event === event && matches(frame.data, frame.id))?.data, {
      what: `${event}; heard ${this.frames.map((frame) => frame.event).join(', ')}`,
    });
  }

  ack(id: string): Promise<Record<string, unknown>> {
    return this.next('ack', (_data, frameId) => frameId === id);
  }

  refusal(id: string): Promise<Record<string, unknown>> {
    return this.next('error', (_data, frameId) => frameId === id);
  }

  closed(): Promise<number> {
    return waitFor(() => this.closeCode, { what: 'the socket to close', withinMs: 8000 });
  }

  /** Every entry heard of a room, in the order it was heard. */
  entries(roomId: string): Entry[] {
    return this.all('timeline')
      .filter((data) => data['roomId'] === roomId)
      .flatMap((data) => data['entries'] as Entry[]);
  }

  seqs(roomId: string): number[] {
    return this.entries(roomId).map(({ seq }) => seq);
  }

  async heard(roomId: string, seq: number, withinMs = 5000): Promise<void> {
    await waitFor(() => this.seqs(roomId).includes(seq), {
      withinMs,
      what: `entry ${seq}; heard ${this.seqs(roomId).join(', ')}, closed with ${this.closeCode}`,
    });
  }
}
