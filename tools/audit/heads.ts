import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Client } from 'pg';
import { databaseServices, type DatabaseService } from '../local/provision.ts';
import { Refusal } from '../local/refusal.ts';

/** The last row of an audit log, by its number and its hash. */
export interface Head {
  number: number;
  hash: string;
}
export type Heads = Partial<Record<DatabaseService, Head>>;

/** What a former look remembered; nothing, the first time. */
export async function readHeads(path: string): Promise<Heads> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  try {
    return JSON.parse(text) as Heads;
  } catch {
    throw new Refusal(`${path} is not what was written. Take back a copy of it, or remove it to begin anew.`);
  }
}

/** Whole or not at all. */
export async function writeHeads(path: string, heads: Heads): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(heads, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** The heads as they are. */
export async function findHeads(database: Client): Promise<Heads> {
  const heads: Heads = {};
  for (const service of databaseServices) {
    const { rows } = await database.query<Head>(`select number::float8 as number, encode(hash, 'hex') as hash from ${service}.audit_head`);
    if (rows[0]) heads[service] = rows[0];
  }
  return heads;
}

/** Sentences about what the logs do not have any more of what they once had. */
export async function compareHeads(database: Client, remembered: Heads): Promise<string[]> {
  const found: string[] = [];
  for (const [service, head] of Object.entries(remembered)) {
    if (head.number === 0) continue;
    const { rows } = await database.query<{ hash: string }>(`select encode(hash, 'hex') as hash from ${service}.audit where number = $1`, [
      head.number,
    ]);
    if (!rows[0]) found.push(`the audit log of ${service} once had a row ${head.number}, and has none any more`);
    else if (rows[0].hash !== head.hash)
      found.push(`row ${head.number} of the audit log of ${service}, or one before it, is not what it was`);
  }
  return found;
}
