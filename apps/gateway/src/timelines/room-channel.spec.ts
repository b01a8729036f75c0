import { Connection } from '../sockets/connection.ts';
import type { Peer } from '../sockets/peer.ts';
import { TurnWriter } from '../sockets/turn-writer.ts';
import { RoomChannel } from './room-channel.ts';
import { batchOfEntries } from './batch.ts';

const anEntry = (seq: number) => batchOfEntries([JSON.stringify({ seq, type: 'message.created' })], seq);
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('a room with sockets', () => {
  it('makes one frame of the entries of one turn, and sends the same bytes to every socket that is level', async () => {
    const turn = new TurnWriter();
    const channel = new RoomChannel('room', turn, () => undefined);
    channel.order.start(0);
    const enter = () => {
      const written: Buffer[] = [];
      const line = { writableLength: 0, write: (frame: Buffer) => written.push(frame), cork: () => undefined, uncork: () => undefined };
      const connection = new Connection({ _socket: line, readyState: 1, OPEN: 1 } as unknown as Peer, turn, () => undefined);
      connection.identity = { userId: 'ann', sessionId: 'session', role: 'user', expiresAt: 0 };
      channel.enter(connection);
      channel.follow(connection, 0);
      return written;
    };
    const [one, two] = [enter(), enter()];
    for (let seq = 1; seq <= 3; seq++) channel.emit(channel.order.accept(anEntry(seq)));
    await nextTurn();
    for (let seq = 4; seq <= 5; seq++) channel.emit(channel.order.accept(anEntry(seq)));
    await nextTurn();
    expect(one.map((frame) => String(frame).match(/"seq":\d/g))).toEqual([
      ['"seq":1', '"seq":2', '"seq":3'],
      ['"seq":4', '"seq":5'],
    ]);
    expect(two.every((frame, index) => frame === one[index])).toBe(true);
  });
});
