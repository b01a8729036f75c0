import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { waitFor } from '@atrium/testing';

type StackProcess = {
  name: string;
  kind: 'server' | 'service';
  url?: string;
  healthPort?: number;
  pid: number;
  status: string;
  restarts: number;
};
type StackFile = { url: string; processes: StackProcess[]; env: Record<string, string> };

/** The gateway of the stack under test; `npm test` starts one, `npm start` may be it as well. */
export const url = required('ATRIUM_URL');

/** All of its gateways, that one first: clients hear from each what was said at another. */
export const gateways: readonly string[] = [url, ...othersIn(JSON.parse(readFileSync(required('ATRIUM_STACK'), 'utf8')) as StackFile)];
let asked = 0;

/** Another gateway each time, as a balancer in front of them would choose. */
export const anyGateway = (): string => gateways[asked++ % gateways.length]!;

/** The last of them, for a client that is to be at another than the first. */
export const otherGateway = gateways.at(-1)!;

function othersIn({ processes }: StackFile): string[] {
  return processes.flatMap((one) => (/^gateway-\d+$/.test(one.name) && one.url !== undefined ? [one.url] : []));
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run "npm test", or point ATRIUM_URL and ATRIUM_STACK at a running stack`);
  return value;
}

export async function readStack(): Promise<StackFile> {
  return JSON.parse(await readFile(required('ATRIUM_STACK'), 'utf8')) as StackFile;
}

/** Pulls the plug on one process. @returns once it runs again and the whole stack says that it is ready */
export async function killAndAwaitReturn(name: string): Promise<void> {
  const before = await processNamed(name);
  process.kill(before.pid, 'SIGKILL');
  await waitFor(
    async () => {
      const now = await processNamed(name);
      if (now.pid === before.pid || now.status !== 'ready') return false;
      return (await Promise.all(gateways.map((gateway) => fetch(`${gateway}/health/ready`)))).every(({ ok }) => ok);
    },
    { withinMs: 45_000, what: `${name} to come back` },
  );
}

async function processNamed(name: string): Promise<StackProcess> {
  const found = (await readStack()).processes.find((process) => process.name === name);
  if (!found) throw new Error(`the stack has no process called ${name}`);
  return found;
}
