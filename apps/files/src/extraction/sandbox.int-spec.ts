import { cleanUp, onCleanup } from '@atrium/testing';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ownNetwork, sandboxed, SANDBOX_ENV } from './sandbox.ts';

/** Tries every way out, and says which were open. */
const SCRIPT = `
import { createSocket } from 'node:dgram';
import { lookup, promises, Resolver } from 'node:dns';
import { request } from 'node:http';
import { connect, createServer, Socket } from 'node:net';
import { connect as secure } from 'node:tls';
const port = Number(process.argv[2]);
const host = '127.0.0.1';
const told = (it, good) => new Promise((resolve, reject) => it.once(good, resolve).once('error', reject));
const ways = {
  connect: () => told(connect(port, host), 'connect'),
  socket: () => told(new Socket().connect(port, host), 'connect'),
  fetch: () => fetch('http://' + host + ':' + port),
  http: () => told(request({ host, port }).end(), 'response'),
  tls: () => told(secure({ host, port, rejectUnauthorized: false }), 'connect'),
  binding: () => new Promise((resolve, reject) => {
    const { TCP, TCPConnectWrap, constants } = process.binding('tcp_wrap');
    const under = new TCPConnectWrap();
    under.oncomplete = (status) => (status === 0 ? resolve() : reject(new Error('refused')));
    if (new TCP(constants.SOCKET).connect(under, host, port) !== 0) throw new Error('refused');
  }),
};
const names = {
  lookup: () => new Promise((resolve, reject) => lookup('localhost', (error) => (error ? reject(error) : resolve()))),
  promises: () => promises.lookup('localhost'),
  resolver: () => new Promise((resolve) => new Resolver().resolve('localhost', resolve)),
  listen: () => told(createServer().listen(0, host), 'listening'),
  udp: () => new Promise((resolve, reject) => createSocket('udp4').send('x', port, host, (error) => (error ? reject(error) : resolve()))),
};
const open = [];
for (const [name, way] of Object.entries(process.argv[3] === 'all' ? { ...ways, ...names } : ways)) {
  try { await way(); open.push(name); } catch {}
}
console.log(JSON.stringify(open));
process.exit();
`;

describe('the sandbox of the extractor', () => {
  let script: string;
  let directory: string;
  let port: number;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sandbox-spec-'));
    script = join(directory, 'script.mjs');
    await writeFile(script, SCRIPT);
    const server = createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 204 x\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    onCleanup(() => {
      server.close();
      return rm(directory, { recursive: true });
    });
  });
  afterAll(cleanUp);

  async function waysOut([command, ...args]: string[], which = 'some'): Promise<unknown> {
    const { stdout } = await promisify(execFile)(command!, [...args, script, String(port), which], { env: SANDBOX_ENV, timeout: 20_000 });
    return JSON.parse(stdout);
  }
  const limits = () => ({ seconds: 10, memoryBytes: 512 * 1024 * 1024, readable: [directory] });

  it('lets nothing out to a port that listens', async () => {
    expect(await waysOut([process.execPath])).toEqual(['connect', 'socket', 'fetch', 'http', 'tls', 'binding']);
    expect(await waysOut(sandboxed([], limits()), 'all')).toEqual([]);
  });

  it('lets nothing out where a process cannot have a network of its own', async () => {
    expect(await waysOut(sandboxed([], limits(), []), 'all')).toEqual([]);
  });

  it('has a network of its own where it can, which no code in it can leave', async () => {
    const network = ownNetwork();
    const left = network.length === 0 ? [] : await waysOut([...network, process.execPath]);
    expect(left).toEqual([]);
  });
});
