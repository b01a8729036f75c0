import { CLOSE_CODES } from '@atrium/contracts';
import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { duplexPair, type Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { frameText } from './frame.ts';
import { Peer } from './peer.ts';

const peers: Peer[] = [];

/** A socket as the library opens it over a line of ours, and the client's end of that line. */
async function opened(): Promise<{ peer: Peer; line: Duplex; client: Duplex }> {
  const server = new WebSocketServer({ noServer: true, clientTracking: false, WebSocket: Peer });
  const [line, client] = duplexPair();
  const request = Object.assign(new IncomingMessage(new Socket()), {
    method: 'GET',
    url: '/ws',
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'x3JJHMbDL1EzLkh9GBhXDw==',
    },
  });
  const peer = await new Promise<Peer>((resolve) => server.handleUpgrade(request, line, Buffer.alloc(0), resolve));
  peers.push(peer);
  expect(String(await read(client, 1))).toMatch(/^HTTP\/1\.1 101 /);
  return { peer, line, client };
}

/** What the client hears, at least so many bytes of it. */
async function read(client: Duplex, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  while (Buffer.concat(chunks).length < length) {
    const chunk = client.read() as Buffer | null;
    if (chunk) chunks.push(chunk);
    else await once(client, 'readable');
  }
  return Buffer.concat(chunks);
}

/** What we rely on without being promised it: see docs/adr/0008-sockets-are-nests-the-hot-frame-is-not.md. */
describe('a WebSocket of the ws library', () => {
  afterEach(() => {
    for (const peer of peers.splice(0)) peer.terminate();
  });

  it('keeps the socket it was opened on in the field that ready frames are written to', async () => {
    const { peer, line } = await opened();
    expect(peer._socket).toBe(line);
  });

  it('sends its own close frame after the frames that were written past it', async () => {
    const { peer, client } = await opened();
    const frame = frameText('{"event":"pong","data":{}}');
    peer._socket!.write(frame);
    peer.close(CLOSE_CODES.restarting, 'x');
    const bytes = await read(client, frame.length + 5);
    expect(bytes.subarray(0, frame.length).equals(frame)).toBe(true);
    expect(bytes.subarray(frame.length)).toEqual(Buffer.from([0x88, 3, CLOSE_CODES.restarting >> 8, CLOSE_CODES.restarting & 255, 120]));
  });

  it('closes with 4413 where the library would say 1009 for a frame that is too large', async () => {
    const { peer, client } = await opened();
    peer.close(1009);
    expect((await read(client, 4)).readUInt16BE(2)).toBe(CLOSE_CODES.frameTooLarge);
  });
});
