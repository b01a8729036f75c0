import type { ClientFrame, ServerFrame } from '@atrium/contracts';
import { ANN } from '../../test/builders.ts';
import { Backoff } from './backoff.ts';
import { Connection } from './connection.ts';
import type { SocketLike } from './socket.ts';

/** A line to nowhere: what is sent is kept, what arrives is said by the test. */
class Line implements SocketLike {
  static all: Line[] = [];
  readyState = 0;
  readonly sent: ClientFrame[] = [];
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;

  constructor() {
    Line.all.push(this);
  }

  static get living(): Line[] {
    return Line.all.filter((line) => line.readyState < 2);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientFrame);
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.({} as never);
  }

  say(frame: ServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) } as never);
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const ready: ServerFrame = { event: 'ready', data: { userId: ANN, heartbeatSeconds: 30, rooms: [], reset: [] } };

describe('the connection of a client', () => {
  let connection: Connection;
  let asked: { resolve: (token: string) => void; reject: (error: unknown) => void }[];
  beforeEach(() => {
    Line.all = [];
    asked = [];
    const token = () => new Promise<string>((resolve, reject) => asked.push({ resolve, reject }));
    connection = new Connection({
      url: 'ws://nowhere/ws',
      Socket: Line,
      token,
      renew: token,
      resume: () => ({ rooms: {}, epochs: {} }),
      backoff: new Backoff(1, 1),
    });
  });
  afterEach(() => connection.close());

  it('says what to do where the runtime has no WebSocket and none was given', () => {
    const token = () => Promise.resolve('token');
    const without = new Connection({
      url: 'ws://nowhere/ws',
      Socket: undefined,
      token,
      renew: token,
      resume: () => ({ rooms: {}, epochs: {} }),
    });
    expect(() => without.open()).toThrow('give one');
    expect(without.state.name).toBe('idle');
  });

  it('opens one socket when it is closed and opened again while a token is on its way', async () => {
    connection.open();
    connection.close();
    connection.open();
    asked[0]?.resolve('first');
    asked[1]?.resolve('second');
    await turn();
    expect(Line.living).toHaveLength(1);
    Line.living[0]?.open();
    expect(Line.living[0]?.sent).toMatchObject([{ event: 'auth', data: { token: 'second' } }]);
  });

  it('does not heed a token refused for an attempt that was given up', async () => {
    connection.open();
    connection.close();
    connection.open();
    asked[0]?.reject(new Error('gone'));
    await turn();
    expect(connection.state.name).toBe('connecting');
    asked[1]?.resolve('second');
    await turn();
    Line.living[0]?.open();
    Line.living[0]?.say(ready);
    expect(connection.state.name).toBe('online');
  });

  it('leaves no socket behind when it is closed while a token is on its way', async () => {
    connection.open();
    connection.close();
    asked[0]?.resolve('late');
    await turn();
    expect(Line.all).toEqual([]);
  });
});
