import { randomUUID } from 'node:crypto';
import type { FileRecord, Message, Problem, Room, User } from '@atrium/contracts';
import { waitFor } from '@atrium/testing';
import pg from 'pg';
import { anyGateway, readStack } from './stack.ts';

export type Reply<T = Record<string, unknown>> = { status: number; body: T; headers: Headers };
export const PASSWORD = 'correct horse battery';

/** Speaks plain HTTP to the gateway, as a client nobody here wrote would. */
export async function request<T = Record<string, unknown>>(
  method: string,
  path: string,
  options: { token?: string; body?: unknown; headers?: Record<string, string>; redirect?: RequestRedirect } = {},
): Promise<Reply<T>> {
  const isForm = options.body instanceof FormData;
  const response = await fetch(anyGateway() + path, {
    method,
    redirect: options.redirect,
    headers: {
      ...(options.token && { authorization: `Bearer ${options.token}` }),
      ...(options.body !== undefined && !isForm && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    body:
      options.body === undefined
        ? undefined
        : isForm
          ? (options.body as FormData)
          : typeof options.body === 'string'
            ? options.body
            : JSON.stringify(options.body),
  });
  const text = await response.text();
  const isJson = text !== '' && /json$|json;/.test(response.headers.get('content-type') ?? '');
  const body: unknown = isJson ? JSON.parse(text) : text;
  return { status: response.status, body: body as T, headers: response.headers };
}

/** Somebody with an account, and what they do in most stories. */
export class Person {
  private constructor(
    readonly user: User,
    readonly token: string,
    readonly refreshToken: string,
  ) {}

  static async register(prefix = 'p'): Promise<Person> {
    const username = `${prefix}-${randomUUID().slice(0, 8)}`;
    const reply = await request<{ user: User; accessToken: string; refreshToken: string }>('POST', '/api/auth/register', {
      body: { username, password: PASSWORD, tokenTransport: 'body' },
    });
    if (reply.status !== 201) throw new Error(`registering answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return new Person(reply.body.user, reply.body.accessToken, reply.body.refreshToken);
  }

  get id(): string {
    return this.user.id;
  }

  /** Somebody whom the operator of this stack has made admin. */
  static async admin(): Promise<Person> {
    return (await Person.register('root')).promoted();
  }

  /** The same person, whom the operator has made admin, signed in anew. */
  async promoted(): Promise<Person> {
    const database = new pg.Client((await readStack()).env['DATABASE_URL']!);
    await database.connect();
    await database.query(`update accounts.users set role = 'admin' where id = $1`, [this.id]);
    await database.end();
    const body = { username: this.user.username, password: PASSWORD, tokenTransport: 'body' };
    const grant = await request<{ accessToken: string; refreshToken: string }>('POST', '/api/auth/login', { body });
    return new Person(this.user, grant.body.accessToken, grant.body.refreshToken);
  }

  call<T = Record<string, unknown>>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply<T>> {
    return request<T>(method, path, { token: this.token, body, headers });
  }

  /** Like `call`, for what must succeed. */
  async do<T>(method: string, path: string, body?: unknown): Promise<T> {
    const reply = await this.call<T>(method, path, body);
    if (reply.status >= 300) throw new Error(`${method} ${path} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  /** The status and code a call is refused with. */
  async refusal(method: string, path: string, body?: unknown): Promise<[number, string]> {
    const reply = await this.call<Problem>(method, path, body);
    return [reply.status, reply.body.code];
  }

  createRoom(settings: object = {}): Promise<Room> {
    return this.do<Room>('POST', '/api/rooms', { name: `Room ${randomUUID().slice(0, 8)}`, ...settings });
  }

  async join(room: Room, body: object = {}): Promise<void> {
    await this.do('POST', `/api/rooms/${room.id}/join`, body);
  }

  say(room: Room, body: string, more: object = {}): Promise<Message> {
    return this.do<Message>('POST', `/api/rooms/${room.id}/messages`, { body, ...more });
  }

  async messages(room: Room, query = ''): Promise<Message[]> {
    return (await this.do<{ items: Message[] }>('GET', `/api/rooms/${room.id}/messages${query}`)).items;
  }

  async upload(room: Room, name: string, content: Uint8Array | string, query = ''): Promise<FileRecord> {
    const form = new FormData();
    form.append('file', new Blob([content as BlobPart]), name);
    const { items } = await this.do<{ items: FileRecord[] }>('POST', `/api/rooms/${room.id}/files${query}`, form);
    return items[0]!;
  }

  /** Waits until a file's extraction has ended, however. */
  settled(file: FileRecord): Promise<FileRecord> {
    return waitFor(
      async () => {
        const now = await this.do<FileRecord>('GET', `/api/rooms/${file.roomId}/files/${file.id}`);
        return ['stored', 'queued', 'extracting'].includes(now.status) ? undefined : now;
      },
      { withinMs: 60_000, what: `${file.name} to be extracted` },
    );
  }
}
