import { Refusal } from '../local/refusal.ts';

type Letter = { id: string; at: string; consumer: string; subject: string; error: string; tries: number };
type Page = { items: Letter[]; nextCursor: string | null; total: number };
type Problem = { code?: string; detail?: string };

/** The dead letters of a system, through its interface for admins. */
export class DeadLetters {
  private readonly url: string;
  private readonly token: string;

  constructor(base: string, token: string) {
    this.token = token;
    this.url = `${base.replace(/\/$/, '')}/api/admin/dead-letters`;
  }

  async list(): Promise<Letter[]> {
    const found: Letter[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page = await this.ask('GET', `?limit=100${cursor && `&cursor=${cursor}`}`);
      found.push(...page.items);
      cursor = page.nextCursor;
    }
    return found;
  }

  async summary(): Promise<string> {
    const { total } = await this.ask<Page>('GET', '?limit=1');
    return total === 0 ? 'Nothing was given up.' : `${total} ${total === 1 ? 'event waits' : 'events wait'}.`;
  }

  show(id: string): Promise<unknown> {
    return this.ask('GET', `/${id}`);
  }

  async send(id: string, reason: string): Promise<string> {
    await this.ask('POST', `/${id}/redeliver`, { reason });
    return `${id} was handled.`;
  }

  async discard(id: string, reason: string): Promise<string> {
    await this.ask('DELETE', `/${id}`, { reason });
    return `${id} is discarded.`;
  }

  private async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { authorization: `Bearer ${this.token}`, ...(body && { 'content-type': 'application/json' }) };
    const reply = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) }).catch((error: Error) => {
      throw new Refusal(`${this.url} cannot be reached: ${error.message}`);
    });
    if (reply.status === 204) return undefined as T;
    const read = (await reply.json()) as T & Problem;
    if (!reply.ok) throw new Refusal(`${method} ${path} was refused (${read.code}): ${read.detail}`);
    return read;
  }
}

export const linesOf = ({ id, at, consumer, subject, error, tries }: Letter): string[] => [
  `${id}  ${at}  ${consumer}  ${subject}`,
  `    after ${tries} tries: ${error.split('\n')[0]}`,
];
