import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientEvent, ClientFrame, Room, ServerEvent, ServerFrame, TimelineEntry } from '@atrium/contracts';
import { type WebSocket, WebSocketServer } from 'ws';
import { ANN, anId, anInstant, aRoom } from './builders.ts';

type Reply = { status: number; body?: unknown; headers?: Record<string, string> };
type Handler = (request: { body: unknown; url: URL; headers: IncomingMessage['headers'] }) => Reply | Promise<Reply>;

/** A gateway with one room, in this process: its log is a list, its faults are switches. */
export class FakeServer {
  readonly log: TimelineEntry[] = [];
  readonly frames: ClientFrame[] = [];
  readonly sockets = new Set<WebSocket>();
  readonly routes = new Map<string, Handler>();
  room: Room = aRoom();
  reset: string[] = [];
  heartbeatSeconds = 30;
  /** Stores messages but says nothing, as if the line broke after the commit. */
  swallowAcks = false;
  /** Whether the entry of a message that was sent comes by the socket, too. */
  pushesWhatIsSent = true;
  /** What to do with `message.send` instead of storing it. */
  refuseWith: ServerFrame<'error'>['data'] | undefined;
  /** What to do with the next ones, each in its turn; undefined stores. */
  refusals: (ServerFrame<'error'>['data'] | undefined)[] = [];
  answersPings = true;
  /** Whether the one room is among those a socket begins with. */
  isMember = true;
  #waiting: (() => void)[] = [];

  private constructor(
    private readonly http: Server,
    private readonly ws: WebSocketServer,
  ) {}

  static async start(): Promise<FakeServer> {
    const http = createServer();
    const server = new FakeServer(http, new WebSocketServer({ server: http, path: '/ws' }));
    http.on('request', (request, response) => void server.#serve(request, response));
    server.ws.on('connection', (socket) => server.#welcome(socket));
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    server.routes.set('GET /api/rooms/*/events', ({ url }) => {
      const after = Number(url.searchParams.get('after'));
      const items = server.log.filter((entry) => entry.seq > after).slice(0, Number(url.searchParams.get('limit')));
      return {
        status: 200,
        body: { items, hasAfter: (items.at(-1)?.seq ?? after) < server.log.length, lastSeq: server.log.length, epoch: server.room.epoch },
      };
    });
    server.routes.set('POST /api/auth/refresh', () => ({
      status: 200,
      body: { user: { id: ANN }, accessToken: `token-${Math.random()}`, expiresIn: 900, refreshToken: 'refresh' },
    }));
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    this.ws.close();
    this.http.closeAllConnections();
    this.http.close();
    await once(this.http, 'close');
  }

  /** Stores an entry; `pushed` says whether sockets hear of it. */
  append(make: (seq: number) => TimelineEntry, pushed = true): TimelineEntry {
    const entry = make(this.log.length + 1);
    this.log.push(entry);
    this.room = { ...this.room, lastSeq: entry.seq };
    if (pushed) this.push('timeline', { roomId: this.room.id, entries: [entry] });
    return entry;
  }

  push<E extends ServerEvent>(event: E, data: ServerFrame<E>['data']): void {
    for (const socket of this.sockets) socket.send(JSON.stringify({ event, data }));
  }

  framesOf<E extends ClientEvent>(event: E): ClientFrame<E>[] {
    return this.frames.filter((frame) => frame.event === event) as ClientFrame<E>[];
  }

  /** Resolves when a condition holds; looked at after every frame that arrives. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #welcome(socket: WebSocket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as ClientFrame;
      this.frames.push(frame);
      this.#answer(socket, frame);
      for (const resolve of this.#waiting.splice(0)) resolve();
    });
  }

  #answer(socket: WebSocket, frame: ClientFrame): void {
    const send = (event: ServerEvent, data: unknown): void => socket.send(JSON.stringify({ event, id: frame.id, data }));
    if (frame.event === 'auth') {
      send('ready', { userId: ANN, heartbeatSeconds: this.heartbeatSeconds, rooms: this.isMember ? [this.room] : [], reset: this.reset });
      const after = frame.data.rooms?.[this.room.id];
      const missed = after === undefined || this.reset.includes(this.room.id) ? [] : this.log.slice(after);
      if (missed.length > 0) send('timeline', { roomId: this.room.id, entries: missed });
    }
    if (frame.event === 'ping' && this.answersPings) send('pong', { heads: { [this.room.id]: this.log.length } });
    if (frame.event === 'focus') {
      if (this.isMember || frame.data.roomId === null) send('ack', {});
      else send('error', { code: 'room_not_found', detail: 'not in it' });
    }
    if (frame.event === 'message.send') this.#store(frame as ClientFrame<'message.send'>, send);
  }

  #store(frame: ClientFrame<'message.send'>, send: (event: ServerEvent, data: unknown) => void): void {
    const refusal = this.refusals.shift() ?? this.refuseWith;
    if (refusal) return send('error', refusal);
    const { clientId, body = '', roomId } = frame.data;
    const known = this.log.find((entry) => entry.type === 'message.created' && entry.message.clientId === clientId);
    const entry =
      known ??
      this.append(
        (seq) => ({
          seq,
          at: anInstant(seq),
          actorId: ANN,
          type: 'message.created',
          message: {
            id: anId(1000 + seq),
            roomId,
            seq,
            clientId,
            authorId: ANN,
            kind: 'text',
            body,
            replyCount: 0,
            files: [],
            reactions: [],
            version: 1,
            mentions: { userIds: [], room: false, here: false, moderators: false },
            createdAt: anInstant(seq),
          },
        }),
        this.pushesWhatIsSent && !this.swallowAcks,
      );
    if (this.swallowAcks || entry.type !== 'message.created') return;
    send('ack', { messageId: entry.message.id, seq: entry.seq, createdAt: entry.at, ...(known ? { deduplicated: true } : {}) });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const route = `${request.method} ${url.pathname.replace(/[0-9a-f-]{36}/g, '*')}`;
    const handler: Handler = this.routes.get(route) ?? (() => ({ status: 404, body: { code: 'not_found', detail: route } }));
    const body: unknown = text && request.headers['content-type']?.includes('json') ? JSON.parse(text) : text;
    const reply = await handler({ body, url, headers: request.headers });
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(reply.body === undefined ? '' : JSON.stringify(reply.body));
  }
}
