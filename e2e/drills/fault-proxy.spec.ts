import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { FaultProxy } from './fault-proxy.ts';

let server: Server;
let proxy: FaultProxy;
const sockets: Socket[] = [];

beforeEach(async () => {
  server = createServer((socket) => void socket.pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await FaultProxy.to((server.address() as AddressInfo).port);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await proxy.close();
  await new Promise((resolve) => server.close(resolve));
});

function aClient(): Socket {
  const socket = connect(proxy.port, '127.0.0.1');
  sockets.push(socket);
  return socket;
}

const echo = (socket: Socket, text: string): Promise<string> =>
  new Promise((resolve) => {
    socket.once('data', (data) => resolve(data.toString()));
    socket.write(text);
  });

describe('a wire of a drill', () => {
  it('passes what is sent in both directions', async () => {
    expect(await echo(aClient(), 'hello')).toBe('hello');
  });

  it('holds everything while it is cut, breaks no connection, and passes it once it is whole', async () => {
    const client = aClient();
    await echo(client, 'before');
    proxy.cut();
    let came = false;
    const answer = echo(client, 'meanwhile').then((text) => ((came = true), text));
    const late = aClient();
    const lateAnswer = echo(late, 'new');
    await new Promise((resolve) => late.once('connect', resolve));
    expect([came, client.destroyed]).toEqual([false, false]);
    proxy.heal();
    expect(await Promise.all([answer, lateAnswer])).toEqual(['meanwhile', 'new']);
  });

  it('takes its time in each direction when it is slow, and keeps the order', async () => {
    proxy.slow(50);
    const began = performance.now();
    const client = aClient();
    client.write('one ');
    const received = new Promise<string>((resolve) => {
      let text = '';
      client.on('data', (data) => (text += data.toString()).endsWith('two') && resolve(text));
    });
    client.write('two');
    expect(await received).toBe('one two');
    expect(performance.now() - began).toBeGreaterThan(95);
  });

  it('tells one side when the other goes', async () => {
    const client = aClient();
    await echo(client, 'hello');
    const closed = new Promise((resolve) => client.once('close', resolve));
    server.close();
    proxy.heal();
    client.end();
    await closed;
  });
});
