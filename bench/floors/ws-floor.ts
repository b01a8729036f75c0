import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { openStore } from './floor-store.ts';

const store = await openStore();
const rooms = new Map<string, Set<WebSocket>>();
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });

server.on('connection', (socket, request) => {
  const query = new URL(request.url ?? '/', 'http://floor').searchParams;
  const [person, room] = [query.get('person') ?? '', query.get('room') ?? ''];
  const members = rooms.get(room) ?? new Set();
  rooms.set(room, members.add(socket));
  socket.on('message', async (data: Buffer) => {
    const { tag, body } = JSON.parse(data.toString()) as { tag: number; body: string };
    const id = await store.insert(room, person, body);
    socket.send(JSON.stringify({ ack: tag, id }));
    for (const member of members) member.send(JSON.stringify({ id, room, person, body }));
  });
  socket.on('close', () => members.delete(socket));
});
server.on('listening', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('SIGTERM', () => {
  for (const socket of server.clients) socket.terminate();
  void store.close().then(() => process.exit(0));
});
