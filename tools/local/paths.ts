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

/** Where servers fetched from the system's package archive are unpacked; shared by every stack. */
export const fetchedServers = join(root, '.local', 'servers');
