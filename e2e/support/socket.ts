import type { TimelineEntry } from '@atrium/contracts';
import { onCleanup, waitFor } from '@atrium/testing';
import WebSocket from 'ws';
import { noteFrame } from '../documented/watch.ts';
import type { Person } from './person.ts';
import { anyGateway } from './stack.ts';

export type Frame = { event: string; id?: string | number; data: Record<string, unknown> };

/** A bare WebSocket to the gateway that remembers every frame. */
export class Socket {
  readonly frames: Frame[] = [];
  closeCode: number | undefined;
  private readonly socket = new WebSocket(`${anyGateway().replace(/^http/, 'ws')}/ws`);

  private constructor() {
    this.socket.on('message', (data: Buffer) => {
      noteFrame(data.toString());
      this.frames.push(JSON.parse(data.toString()) as Frame);
    });
    this.socket.on('close', (code) => (this.closeCode = code));
    this.socket.on('error', () => undefined);
  }

  static async open(): Promise<Socket> {
    const opened = new Socket();
    onCleanup(() => opened.socket.terminate());
    await new Promise<void>((resolve, reject) => {
      opened.socket.once('open', resolve);
      opened.socket.once('error', reject);
    });
    return opened;
  }

  /** Opens and authenticates. @param resume what the client has already, by room */
  static async connect(person: Person, resume: { rooms?: Record<string, number>; epochs?: Record<string, string> } = {}): Promise<Socket> {
    const socket = await Socket.open();
    socket.send('auth', { token: person.token, ...resume });
    await socket.next('ready');
    return socket;
  }

  send(event: string, data: object, id?: string | number): void {
    this.socket.send(JSON.stringify({ event, ...(id !== undefined && { id }), data }));
  }

  sendRaw(text: string): void {
    this.socket.send(text);
  }

  /** The first frame, received already or soon, that fits. */
  next(event: string, fits: (data: Frame['data'], frame: Frame) => boolean = () => true): Promise<Frame> {
    return waitFor(() => this.frames.find((frame) => frame.event === event && fits(frame.data, frame)), {
      withinMs: 10_000,
      what: `a ${event} frame`,
    });
  }

  /** The answer to a frame that was sent with this id. */
  answer(id: string | number): Promise<Frame> {
    return waitFor(() => this.frames.find((frame) => frame.id === id), { withinMs: 10_000, what: `an answer to ${id}` });
  }

  closed(): Promise<number> {
    return waitFor(() => this.closeCode, { withinMs: 15_000, what: 'the socket to close' });
  }

  /** Every entry of one room received so far, in the order received. */
  entries(roomId: string): TimelineEntry[] {
    return this.frames
      .filter((frame) => frame.event === 'timeline' && frame.data['roomId'] === roomId)
      .flatMap((frame) => frame.data['entries'] as TimelineEntry[]);
  }

  entry(roomId: string, fits: (entry: TimelineEntry) => boolean): Promise<TimelineEntry> {
    return waitFor(() => this.entries(roomId).find(fits), { withinMs: 10_000, what: 'a timeline entry' });
  }

  close(): void {
    this.socket.close();
  }
}
