import { onCleanup, waitFor } from '@atrium/testing';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ping, type Clamd } from '../src/scanning/clamd.ts';

/** The program of ClamAV, where this machine has it. */
export const CLAMD = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'].map((folder) => join(folder, 'clamd')).find(existsSync);

type Signature = { threat: string; bytes: string };

/** ClamAV itself, with one signature of our own and none of its database. */
export async function startClamd(program: string, { threat, bytes }: Signature, maxBytes: number): Promise<Clamd> {
  const folder = await mkdtemp(join(tmpdir(), 'real-clamd-'));
  onCleanup(() => rm(folder, { recursive: true, force: true }));
  const clamd = { host: '127.0.0.1', port: await aFreePort() };
  await mkdir(join(folder, 'signatures'));
  await writeFile(join(folder, 'signatures', 'own.ndb'), `${threat}:0:*:${Buffer.from(bytes).toString('hex')}\n`);
  const settings = [
    'Foreground yes',
    `DatabaseDirectory ${join(folder, 'signatures')}`,
    `TCPAddr ${clamd.host}`,
    `TCPSocket ${clamd.port}`,
    `StreamMaxLength ${maxBytes}`,
    `MaxFileSize ${Math.floor(maxBytes / 2)}`,
    'AlertExceedsMax yes',
  ];
  await writeFile(join(folder, 'clamd.conf'), `${settings.join('\n')}\n`);
  const running = spawn(program, ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
  onCleanup(async () => {
    running.kill('SIGKILL');
    await ended;
  });
  await waitFor(
    () =>
      ping(clamd).then(
        () => true,
        () => false,
      ),
    { withinMs: 30_000, what: 'clamd to answer' },
  );
  return clamd;
}

async function aFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
