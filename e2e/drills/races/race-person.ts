import { randomUUID } from 'node:crypto';
import { RacePage } from './race-page.ts';

export type Answer = { status: number; code: string | undefined; body: Record<string, unknown> };
const MOST_TRIES = 5;
const PASSWORD = 'correct horse battery';

/** Somebody of a race: plain requests, each to the next gateway, so that two at once meet two instances, and a page at each. */
export class RacePerson {
  readonly username = `racer-${randomUUID().slice(0, 12)}`;
  id = '';
  pages: RacePage[] = [];
  readonly #gateways: readonly string[];
  #token = '';
  #next: number;

  /** @param first which gateway is asked first */
  constructor(gateways: readonly string[], first = 0) {
    this.#gateways = gateways;
    this.#next = first;
  }

  async arrive(): Promise<this> {
    await this.#enter('register');
    return this;
  }

  /** Signs in anew: with another role, or after the session was ended. */
  renew(): Promise<void> {
    return this.#enter('login');
  }

  async openPages(): Promise<void> {
    this.closePages();
    this.pages = await Promise.all(this.#gateways.map((gateway) => RacePage.open(gateway, this.#token)));
  }

  closePages(): void {
    for (const page of this.pages) page.close();
    this.pages = [];
  }

  call(method: string, path: string, body?: object): Promise<Answer> {
    return this.#ask(this.#gateways[this.#next++ % this.#gateways.length]!, { method, path, body });
  }

  /** The same at every gateway. */
  callAll(method: string, path: string): Promise<Answer[]> {
    return Promise.all(this.#gateways.map((gateway) => this.#ask(gateway, { method, path, body: undefined })));
  }

  /** For what must succeed, because the race is about something else: a system that is too busy is asked again. */
  async must(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    let answer = await this.call(method, path, body);
    for (let tries = 1; answer.status === 503 && tries < MOST_TRIES; tries++) answer = await this.call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} was refused before the race: ${answer.status} ${answer.code}`);
    return answer.body;
  }

  async #ask(gateway: string, { method, path, body }: { method: string; path: string; body: object | undefined }): Promise<Answer> {
    const reply = await fetch(gateway + path, {
      method,
      headers: { ...(this.#token && { authorization: `Bearer ${this.#token}` }), ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    const read = reply.status === 204 ? {} : ((await reply.json()) as Record<string, unknown>);
    return { status: reply.status, code: read['code'] as string | undefined, body: read };
  }

  async #enter(by: 'register' | 'login'): Promise<void> {
    this.#token = '';
    const body = await this.must('POST', `/api/auth/${by}`, { username: this.username, password: PASSWORD, tokenTransport: 'body' });
    this.#token = body['accessToken'] as string;
    this.id = (body['user'] as { id: string }).id;
  }
}
