import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { openStore } from './floor-store.ts';

const store = await openStore();
const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false });

io.on('connection', (socket) => {
  const { person, room } = socket.handshake.query as { person: string; room: string };
  void socket.join(room);
  socket.on('send', async ({ body }: { body: string }, ack: (reply: object) => void) => {
    const id = await store.insert(room, person, body);
    ack({ id });
    io.to(room).emit('message', { id, room, person, body });
  });
});
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));
process.on('SIGTERM', () => {
  io.disconnectSockets(true);
  void store.close().then(() => process.exit(0));
});
