import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fetchFromApt, type ServerName } from './apt.ts';
import { Refusal } from '../refusal.ts';

/** How to run a server: a program on this machine, or an image for Docker when there is none. */
export type Runner = { kind: 'program'; path: string } | { kind: 'docker'; image: string };

const images: Record<ServerName, string> = { 'nats-server': 'nats:2.11-alpine', 'redis-server': 'redis:7-alpine' };
const brewPackages: Record<ServerName, string> = { 'nats-server': 'nats-server', 'redis-server': 'redis' };
const variables: Record<ServerName, string> = { 'nats-server': 'NATS_URL', 'redis-server': 'REDIS_URL' };

// Distributions put servers into /usr/sbin, which is not on everybody's PATH.
const usualFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/opt/homebrew/bin'];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function findOnPath(name: string, path: string | undefined = process.env['PATH']): string | undefined {
  const folders = [...(path ?? '').split(':').filter(Boolean), ...usualFolders];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

const succeeds = (command: string, args: string[]) => spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;

function fetchFromBrew(name: ServerName): string | undefined {
  if (!succeeds('brew', ['--version'])) return undefined;
  spawnSync('brew', ['install', brewPackages[name]], { stdio: 'inherit' });
  return findOnPath(name);
}

/** Finds a server on this machine, or gets it in the way that changes the machine least. */
export async function findServer(name: ServerName, report: (line: string) => void): Promise<Runner> {
  const program = findOnPath(name) ?? (await fetchFromApt(name, report)) ?? fetchFromBrew(name);
  if (program) return { kind: 'program', path: program };
  if (succeeds('docker', ['info'])) return { kind: 'docker', image: images[name] };
  throw new Refusal(
    `There is no ${name} on this machine and no way to get one: install it, or set ${variables[name]} to one that runs elsewhere.`,
  );
}
