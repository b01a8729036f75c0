import { setTimeout as sleep } from 'node:timers/promises';

/** An answer that was not what the seed needs; says which request it was. */
export class UnexpectedAnswer extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The name belongs to somebody with another password. */
export class NameTaken extends Error {
  readonly username: string;

  constructor(username: string) {
    super(`${username} has another password`);
    this.username = username;
  }
}

interface Request {
  method?: 'GET' | 'POST' | 'PATCH';
  body?: object;
  form?: FormData;
}

const MOST_WAITS = 5;

/** One person at the public HTTP API: the seed has no other door than everybody's. */
export class Person {
  readonly username: string;
  readonly #origin: string;
  readonly #token: string;

  private constructor(origin: string, username: string, token: string) {
    this.#origin = origin;
    this.username = username;
    this.#token = token;
  }

  /** Signs up, or in when the name is already there. */
  static async enter(origin: string, who: { username: string; displayName: string; password: string; adminCode: string }): Promise<Person> {
    const { username, displayName, password, adminCode } = who;
    const ask = (path: string, body: object) =>
      answerTo<{ accessToken: string }>(origin, path, { method: 'POST', body: { ...body, tokenTransport: 'body' } });
    try {
      return new Person(origin, username, (await ask('/api/auth/register', { username, displayName, password, adminCode })).accessToken);
    } catch (error) {
      if (!(error instanceof UnexpectedAnswer) || error.status !== 409) throw error;
    }
    try {
      return new Person(origin, username, (await ask('/api/auth/login', { username, password })).accessToken);
    } catch (error) {
      throw error instanceof UnexpectedAnswer && error.status === 401 ? new NameTaken(username) : error;
    }
  }

  get<T>(path: string): Promise<T> {
    return answerTo<T>(this.#origin, path, {}, this.#token);
  }

  post<T>(path: string, body: object): Promise<T> {
    return answerTo<T>(this.#origin, path, { method: 'POST', body }, this.#token);
  }

  async upload<T>(path: string, file: File): Promise<T> {
    const form = new FormData();
    form.append('file', file);
    return answerTo<T>(this.#origin, path, { method: 'POST', form }, this.#token);
  }
}

async function answerTo<T>(origin: string, path: string, request: Request, token?: string): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    const response = await fetch(origin + path, {
      method: request.method ?? 'GET',
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(request.body ? { 'content-type': 'application/json' } : {}),
      },
      body: request.body ? JSON.stringify(request.body) : request.form,
    });
    const text = await response.text();
    if (response.ok) return (text ? JSON.parse(text) : undefined) as T;
    const patient = [429, 503].includes(response.status) && waits < MOST_WAITS;
    if (!patient)
      throw new UnexpectedAnswer(response.status, `${request.method ?? 'GET'} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
    await sleep(1_000 * Number(response.headers.get('retry-after') ?? 1));
  }
}
