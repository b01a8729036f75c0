import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import type { Seat, SeatListener, Target } from './seats.ts';

type Person = { id: string; username: string; token: string };
const PASSWORD = 'bench-password-1';

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
    const { token } = this.people[person]!;
    const roomId = await this.enter(person, room);
    const url = this.urls[this.seats++ % this.urls.length]!;
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, { perMessageDeflate: false });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () =>
        socket.send(JSON.stringify({ event: 'auth', data: { token, ...(after !== undefined && { rooms: { [roomId]: after } }) } })),
      );
      socket.once('error', reject);
      socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (text.startsWith('{"event":"ready"')) resolve();
        else read(text, listener);
      });
    });
    return {
      send: (tag, body) =>
        socket.send(
          `{"event":"message.send","id":${tag},"data":{"roomId":"${roomId}","clientId":"${randomUUID()}","body":${JSON.stringify(body)}}}`,
        ),
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
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(person !== undefined && { authorization: `Bearer ${this.people[person]!.token}` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }
}

/** Reads no more of a frame than it must: the load client shares the machine with what it measures. */
function read(text: string, listener: SeatListener): void {
  if (text.startsWith('{"event":"ack"')) return listener.acked((JSON.parse(text) as { id: number }).id);
  if (text.startsWith('{"event":"error"')) return listener.refused((JSON.parse(text) as { data: { code: string } }).data.code);
  if (!text.startsWith('{"event":"timeline"')) return;
  const first = Number(/"seq":(\d+)/.exec(text)?.[1]);
  const last = Number(/"seq":(\d+)/.exec(text.slice(text.lastIndexOf('"type":') - 20))?.[1] ?? first);
  listener.delivered(last - first + 1, () => /"body":"([^"]*)"/.exec(text.slice(text.lastIndexOf('"body":')))?.[1]);
}
