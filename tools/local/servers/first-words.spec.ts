import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { firstWords } from './nats.ts';

let server: Server;

async function aPeer(greet: (socket: Socket) => void): Promise<number> {
  server = createServer(greet);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
afterEach(() => new Promise((resolve) => server.close(resolve)));

describe('the first words of a server', () => {
  it('are what it says', async () => {
    expect(await firstWords(await aPeer((socket) => socket.end('INFO {}')))).toBe('INFO {}');
  });

  it('are missing, at once, when it hangs up without a word', async () => {
    await expect(firstWords(await aPeer((socket) => socket.end()))).rejects.toThrow('hung up');
  });
});
