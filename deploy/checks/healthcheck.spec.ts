import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../tools/local/paths.ts';
import { freePort } from '../../tools/local/ports.ts';

const ANSWER = `{live: true, pid: process.pid}`;
const served = (port: number) =>
  `require('http').createServer((_, r) => r.end(JSON.stringify(${ANSWER}))).listen(${port}, '127.0.0.1', () => console.log('up'))`;

describe('the health check of a container', () => {
  let folder: string;
  let port: number;
  let child: ChildProcess;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'atrium-healthcheck-'));
    port = await freePort();
    child = spawn(process.execPath, ['-e', served(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout!, 'data');
  });
  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const check = () => {
    const env = { PATH: process.env['PATH'], TMPDIR: folder, HEALTH_PORT: String(port) };
    return spawnSync(process.execPath, [join(root, 'deploy/healthcheck.mjs')], { env, encoding: 'utf8' });
  };
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  it('ends well while the process answers', () => {
    expect(check()).toMatchObject({ status: 0, stderr: '' });
  });

  it('kills a frozen process after three silences, since nothing else would', async () => {
    check();
    const ended = once(child, 'exit');
    child.kill('SIGSTOP');
    expect([check().status, check().status]).toEqual([1, 1]);
    expect(hasEnded()).toBe(false);
    expect(check().stderr).toContain(`process ${child.pid} was silent 3 times`);
    expect(await ended).toEqual([null, 'SIGKILL']);
  }, 60_000);

  it('leaves alone a process that is only starting or stopping', async () => {
    check();
    child.kill('SIGKILL');
    await once(child, 'exit');
    child = spawn(process.execPath, ['-e', `setInterval(() => 0, 1000); console.log('up')`], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout!, 'data');
    for (let times = 0; times < 4; times++) expect(check().status).toBe(1);
    expect(hasEnded()).toBe(false);
  }, 60_000);
});
