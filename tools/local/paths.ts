import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** The repository. */
export const root = resolve(import.meta.dirname, '../..');

export interface DataPaths {
  data: string;
  logs: string;
  /** Every process of the running stack, kept current. */
  stack: string;
  lock: string;
  secrets: string;
  postgres: string;
  nats: string;
  redis: string;
  s3: string;
}

export function dataPaths(data: string): DataPaths {
  const within = (name: string) => join(data, name);
  return {
    data,
    logs: within('logs'),
    stack: within('stack.json'),
    lock: within('lock.json'),
    secrets: within('secrets.json'),
    postgres: within('postgres'),
    nats: within('nats'),
    redis: within('redis'),
    s3: within('s3'),
  };
}

/** What a stack has stored in its data folder, which may hold things of others too. */
export async function storedPaths(data: string): Promise<string[]> {
  const ours = /^(logs|stack\.json|secrets\.json|postgres(\.new|\.password)?|nats(-\d)?|redis|s3|seeded.*)$/;
  const names = await readdir(data).catch(() => []);
  return names.filter((name) => ours.test(name)).map((name) => join(data, name));
}

/** Where servers (and the tests' browser) fetched from the system's package archive are unpacked; shared by every stack. */
export const fetchedServers = join(root, '.local', 'servers');
