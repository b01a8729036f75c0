import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import type { Seat, SeatListener, Stored, Target } from './seats.ts';

type Person = { id: string; username: string; token: string };
const PASSWORD = 'bench-password-1';
/** As many as may be added to a room with one request. */
const ADDED_AT_ONCE = 50;

/** Somebody's socket, for all of their rooms. */
export type Connection = {
  send(roomId: string, tag: number, body: string, parentId?: string): void;
  /** A frame that waits for no answer. */
  tell(event: 'ping' | 'typing' | 'read', data: Readonly<Record<string, unknown>>): void;
  close(): void;
};

/** The running stack, over its public interface only: HTTP to prepare, WebSockets for the load. */
export class AtriumTarget implements Target {
  readonly name = 'atrium';
  private readonly run = randomUUID().slice(0, 8);
  private people: Person[] = [];
  private roomIds: string[] = [];
  private readonly joined = new Set<string>();
  private readonly urls: readonly string[];
  private seats = 0;

  /** @param urls of the gateways; seats are taken at each in turn */
  constructor(urls: readonly string[]) {
    this.urls = urls;
  }

  async prepare(people: number, rooms: number): Promise<void> {
    while (this.people.length < people) {
      const wave = Math.min(8, people - this.people.length);
      this.people.push(...(await Promise.all(Array.from({ length: wave }, (_, i) => this.register(this.people.length + i)))));
    }
    while (this.roomIds.length < rooms) this.roomIds.push(await this.createRoom(this.roomIds.length));
  }

  /** @param after what the client has of the room already: it is sent the rest */
  async sit(person: number, room: number, listener: SeatListener, after?: number): Promise<Seat> {
    const roomId = await this.enter(person, room);
    const { send, close } = await this.connect(person, listener, after === undefined ? undefined : { [roomId]: after });
    return { send: (tag, body) => send(roomId, tag, body), close };
  }

  /** @param behind the last `seq` that the client has of rooms: it is sent the rest */
  async connect(person: number, listener: SeatListener, behind?: Readonly<Record<string, number>>): Promise<Connection> {
    const { token } = this.people[person]!;
    const url = this.urls[this.seats++ % this.urls.length]!;
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, { perMessageDeflate: false });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => socket.send(JSON.stringify({ event: 'auth', data: { token, ...(behind && { rooms: behind }) } })));
      socket.once('error', reject);
      socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (text.startsWith('{"event":"ready"')) resolve();
        else read(text, listener);
      });
    });
    return {
      send: (roomId, tag, body, parentId) =>
        socket.send(
          `{"event":"message.send","id":${tag},"data":{"roomId":"${roomId}","clientId":"${randomUUID()}","body":${JSON.stringify(body)}${parentId === undefined ? '' : `,"parentId":"${parentId}"`}}}`,
        ),
      tell: (event, data) => socket.send(JSON.stringify({ event, data })),
      close: () => socket.close(),
    };
  }

  /** Reads the newest page of a room over HTTP. */
  async readNewest(person: number, room: number, limit: number): Promise<number> {
    const page = (await this.request('GET', `/api/rooms/${this.roomIds[room]}/messages?limit=${limit}`, person)) as { items: unknown[] };
    return page.items.length;
  }

  /** The last `seq` of a room. */
  async headOf(person: number, room: number): Promise<number> {
    const roomId = await this.enter(person, room);
    return ((await this.request('GET', `/api/rooms/${roomId}`, person)) as { lastSeq: number }).lastSeq;
  }

  /** A room of these people, the first of them its host; of two it is a direct one. */
  async gather(people: readonly number[]): Promise<string> {
    const [host, ...others] = people as [number, ...number[]];
    const userIds = others.map((person) => this.people[person]!.id);
    if (userIds.length === 1) return ((await this.request('POST', '/api/rooms/direct', host, { userIds })) as { id: string }).id;
    const { id } = (await this.request('POST', '/api/rooms', host, { name: `bench ${this.run} of ${people.length}` })) as { id: string };
    for (let start = 0; start < userIds.length; start += ADDED_AT_ONCE) {
      await this.request('POST', `/api/rooms/${id}/members`, host, { userIds: userIds.slice(start, start + ADDED_AT_ONCE) });
    }
    return id;
  }

  /** Uploads a text file. */
  async upload(person: number, roomId: string, name: string, text: string): Promise<void> {
    const form = new FormData();
    form.append('file', new Blob([text], { type: 'text/plain' }), name);
    await this.request('POST', `/api/rooms/${roomId}/files`, person, form);
  }

  /** The ids of a room and of somebody, for what is written straight to the database. */
  async placeOf(person: number, room: number): Promise<{ roomId: string; authorId: string }> {
    return { roomId: await this.enter(person, room), authorId: this.people[person]!.id };
  }

  /** What somebody signs in with. */
  credentialsOf(person: number): { username: string; password: string } {
    return { username: this.people[person]!.username, password: PASSWORD };
  }

  /** Reads whatever somebody may read over HTTP. */
  async read(person: number, path: string): Promise<void> {
    await this.request('GET', path, person);
  }

  /** Does what somebody may do over HTTP. */
  async act(person: number, method: 'POST' | 'PUT', path: string, body?: unknown): Promise<void> {
    await this.request(method, path, person, body);
  }

  /** Connects, waits until the server is ready, and leaves. */
  async visit(person: number, room: number): Promise<void> {
    const seat = await this.sit(person, room, { acked: () => undefined, refused: () => undefined, delivered: () => undefined });
    seat.close();
  }

  async search(person: number, query: string): Promise<void> {
    await this.request('GET', `/api/search?q=${encodeURIComponent(query)}`, person);
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  private async register(index: number): Promise<Person> {
    const body = { username: `b${this.run}-${index}`, password: PASSWORD, tokenTransport: 'body' };
    const { user, accessToken } = (await this.request('POST', '/api/auth/register', undefined, body)) as {
      user: { id: string };
      accessToken: string;
    };
    return { id: user.id, username: body.username, token: accessToken };
  }

  private async createRoom(index: number): Promise<string> {
    const owner = index % this.people.length;
    const { id } = (await this.request('POST', '/api/rooms', owner, { name: `bench ${this.run} ${index}` })) as { id: string };
    this.joined.add(`${owner}:${index}`);
    return id;
  }

  private async enter(person: number, room: number): Promise<string> {
    const roomId = this.roomIds[room]!;
    const key = `${person}:${room}`;
    if (!this.joined.has(key)) await this.request('POST', `/api/rooms/${roomId}/join`, person, {});
    this.joined.add(key);
    return roomId;
  }

  private async request(method: string, path: string, person?: number, body?: unknown): Promise<unknown> {
    const response = await fetch(this.urls[0]! + path, {
      method,
      headers: {
        ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
        ...(person !== undefined && { authorization: `Bearer ${this.people[person]!.token}` }),
      },
      body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  }
}

/** Reads no more of a frame than it must: the load client shares the machine with what it measures. */
function read(text: string, listener: SeatListener): void {
  if (text.startsWith('{"event":"ack"')) {
    const { id, data } = JSON.parse(text) as { id?: number; data: Stored };
    return id === undefined ? undefined : listener.acked(id, data);
  }
  if (text.startsWith('{"event":"error"')) return listener.refused((JSON.parse(text) as { data: { code: string } }).data.code);
  if (!text.startsWith('{"event":"timeline"')) return;
  const first = Number(/"seq":(\d+)/.exec(text)?.[1]);
  const last = Number(/"seq":(\d+)/.exec(text.slice(text.lastIndexOf('"type":') - 20))?.[1] ?? first);
  listener.delivered(last - first + 1, () => /"body":"([^"]*)"/.exec(text.slice(text.lastIndexOf('"body":')))?.[1]);
}
