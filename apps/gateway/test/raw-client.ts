import { onCleanup, waitFor } from '@atrium/testing';
import { connect, type Socket } from 'node:net';

/** A client that writes what it likes, when it likes, and keeps all it hears. */
export class RawClient {
  heard = '';
  closed = false;
  private readonly socket: Socket;

  constructor(port: number) {
    // Never ends its own side: what it talks to must do without.
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    this.socket.on('data', (chunk) => (this.heard += String(chunk)));
    this.socket.on('end', () => (this.closed = true));
    this.socket.on('close', () => (this.closed = true));
    this.socket.on('error', () => {});
    onCleanup(() => void this.socket.destroy());
  }

  write(text: string | Buffer): void {
    this.socket.write(text);
  }

  /** Begins a request; the body is the caller's to write, or not. */
  begin(requestLine: string, headers: Record<string, string | number> = {}): void {
    const lines = Object.entries({ Host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`);
    this.write(`${requestLine} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  }

  /** The status of the last answer. */
  async answer(): Promise<number> {
    await waitFor(() => /^HTTP\/1\.1 \d+/.test(this.heard), { what: `an answer; heard "${this.heard}", closed ${this.closed}` });
    return Number(/HTTP\/1\.1 (\d+)(?![\s\S]*HTTP\/1\.1 \d)/.exec(this.heard)![1]);
  }

  get code(): string | undefined {
    return /"code":"(\w+)"/.exec(this.heard)?.[1];
  }

  async ended(withinMs?: number): Promise<void> {
    await waitFor(() => this.closed, { ...(withinMs !== undefined && { withinMs }), what: `the connection to end; heard "${this.heard}"` });
  }

  /** Writes a little again and again, until the connection ends. */
  drip(text: string, everyMs: number): void {
    const timer = setInterval(() => this.write(text), everyMs);
    this.socket.once('close', () => clearInterval(timer)).once('end', () => clearInterval(timer));
    onCleanup(() => clearInterval(timer));
  }
}
