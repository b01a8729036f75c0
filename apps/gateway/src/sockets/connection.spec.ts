import { CLOSE_CODES } from '@atrium/contracts';
import { Writable } from 'node:stream';
import { Connection, FrameQuota } from './connection.ts';
import type { Peer } from './peer.ts';
import { TurnWriter } from './turn-writer.ts';

const MIB = 1024 * 1024;

/** A client at the end of a line that carries nothing until it is told to. */
function aClient() {
  let waiting: (() => void)[] = [];
  const line = new Writable({
    write: (_chunk, _encoding, done) => void waiting.push(done),
    writev: (_chunks, done) => void waiting.push(done),
  });
  const closes: number[] = [];
  const peer = { _socket: line, readyState: 1, OPEN: 1, close: (code: number) => closes.push(code) };
  const connection = new Connection(peer as unknown as Peer, new TurnWriter(), () => undefined);
  return {
    connection,
    closes,
    get held() {
      return line.writableLength;
    },
    /** The frames of one turn leave. */
    turn(...sizes: number[]) {
      for (const size of sizes) connection.push(Buffer.alloc(size));
      connection.flush();
    },
    /** The client takes all that is on its way to it. */
    async read() {
      while (line.writableLength > 0) {
        const taken = waiting;
        waiting = [];
        for (const done of taken) done();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

describe('a connection', () => {
  it('sends all frames of one turn, even more than a slow client may leave unread', () => {
    const client = aClient();
    client.turn(2 * MIB, MIB);
    expect([client.held, client.closes]).toEqual([3 * MIB, []]);
  });

  it('stays open while the client still reads a large turn and small ones follow', async () => {
    const client = aClient();
    for (let round = 0; round < 5; round++) {
      client.turn(3 * MIB);
      for (let index = 0; index < 10; index++) client.turn(1000);
      await client.read();
    }
    expect(client.closes).toEqual([]);
  });

  it('is closed when the client does not read, with little more than a mebibyte waiting for it', () => {
    const client = aClient();
    for (let index = 0; index < 100 && client.closes.length === 0; index++) client.turn(50_000);
    expect(client.closes).toEqual([CLOSE_CODES.tooSlow]);
    expect(client.held).toBeLessThan(MIB + 50_000);
  });

  it('is closed when the client does not read, with at most a mebibyte and the largest turn waiting for it', () => {
    const client = aClient();
    for (let index = 0; index < 100 && client.closes.length === 0; index++) client.turn(index === 3 ? 2 * MIB : 50_000);
    expect(client.closes).toEqual([CLOSE_CODES.tooSlow]);
    expect(client.held).toBeLessThanOrEqual(3 * MIB);
  });

  it('is closed at a mebibyte again once the client has read a large turn', async () => {
    const client = aClient();
    client.turn(8 * MIB);
    await client.read();
    for (let index = 0; index < 100 && client.closes.length === 0; index++) client.turn(50_000);
    expect(client.closes).toEqual([CLOSE_CODES.tooSlow]);
    expect(client.held).toBeLessThan(MIB + 50_000);
  });
});

describe('the limit of frames of one socket', () => {
  it('lets 120 through at once, then two a second', () => {
    const quota = new FrameQuota();
    for (let index = 0; index < 120; index++) expect(quota.take(1000)).toBe(true);
    expect(quota.take(1000)).toBe(false);
    expect(quota.take(1500)).toBe(true);
    expect(quota.take(1500)).toBe(false);
  });
});
