import { onCleanup } from '@atrium/testing';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A site of our own on this machine, and what it was asked for. */
export class Site {
  readonly asked: string[] = [];
  private readonly pages = new Map<string, Answer>();
  private readonly server = createServer((request, response) => {
    this.asked.push(request.url ?? '');
    const answer = this.pages.get(request.url ?? '');
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });

  static async open(): Promise<Site> {
    const site = new Site();
    await new Promise<void>((resolve) => site.server.listen(0, '127.0.0.1', resolve));
    onCleanup(() => void site.server.closeAllConnections());
    onCleanup(() => new Promise<void>((resolve) => void site.server.close(() => resolve())));
    return site;
  }

  at(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** @returns its address */
  page(path: string, content: string | Buffer, headers: Record<string, string> = { 'content-type': 'text/html' }): string {
    return this.answer(path, (_request, response) => response.writeHead(200, headers).end(content));
  }

  redirect(path: string, location: string, status = 302): string {
    return this.answer(path, (_request, response) => response.writeHead(status, { location }).end());
  }

  answer(path: string, answer: Answer): string {
    this.pages.set(path, answer);
    return this.at(path);
  }
}
