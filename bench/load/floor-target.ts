import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { io } from 'socket.io-client';
import WebSocket from 'ws';
import type { Seat, SeatListener, Target } from './seats.ts';

export type FloorKind = 'ws' | 'socket.io';

/** What a Node developer would build in an afternoon: one process, one INSERT per message, no accounts. */
export class FloorTarget implements Target {
  readonly name: string;
  private child: ChildProcess | undefined;
  private port = 0;
  private readonly kind: FloorKind;
  private readonly databaseUrl: string;

  constructor(kind: FloorKind, databaseUrl: string) {
    this.kind = kind;
    this.databaseUrl = databaseUrl;
    this.name = `${kind} + INSERT`;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  async prepare(): Promise<void> {
    if (this.child) return;
    const script = new URL(`../floors/${this.kind === 'ws' ? 'ws' : 'socketio'}-floor.ts`, import.meta.url);
    this.child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script.pathname], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, FLOOR_DATABASE_URL: this.databaseUrl },
    });
    const [message] = (await once(this.child, 'message')) as [{ port: number }];
    this.port = message.port;
  }

  sit(person: number, room: number, listener: SeatListener): Promise<Seat> {
    return this.kind === 'ws' ? this.sitOnWs(person, room, listener) : this.sitOnSocketIo(person, room, listener);
  }

  async stop(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  private async sitOnWs(person: number, room: number, listener: SeatListener): Promise<Seat> {
    const socket = new WebSocket(`ws://127.0.0.1:${this.port}/?person=${person}&room=${room}`, { perMessageDeflate: false });
    await once(socket, 'open');
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as { ack?: number; body?: string };
      if (frame.ack !== undefined) listener.acked(frame.ack);
      else listener.delivered(1, () => frame.body);
    });
    return { send: (tag, body) => socket.send(JSON.stringify({ tag, body })), close: () => socket.close() };
  }

  private async sitOnSocketIo(person: number, room: number, listener: SeatListener): Promise<Seat> {
    const socket = io(`http://127.0.0.1:${this.port}`, { transports: ['websocket'], forceNew: true, query: { person, room } });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    socket.on('message', (message: { body: string }) => listener.delivered(1, () => message.body));
    return { send: (tag, body) => void socket.emit('send', { body }, () => listener.acked(tag)), close: () => void socket.close() };
  }
}
