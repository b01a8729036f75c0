import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DatabaseService } from '../local/provision.ts';
import { Refusal } from '../local/refusal.ts';

const FORMAT = 1;

export interface TableBackup {
  name: string;
  /** In the order in which the rows hold them. */
  columns: string[];
  sha256: string;
}

/** What a backup says of itself; written last, so that a folder without it is no backup. */
export interface Manifest {
  format: number;
  madeAt: string;
  schemas: Record<DatabaseService, { migrations: string[]; tables: TableBackup[] }>;
  objects: number;
  /** Files whose object was gone already. */
  missing: string[];
}

export const newManifest = (madeAt: Date): Manifest => ({
  ...{ format: FORMAT, madeAt: madeAt.toISOString(), objects: 0, missing: [] },
  schemas: {} as Manifest['schemas'],
});

export const backupFolder = (data: string, at: Date): string => join(data, 'backups', at.toISOString().replaceAll(':', '-'));
export const manifestPath = (folder: string): string => join(folder, 'manifest.json');
export const tablePath = (folder: string, schema: string, table: string): string => join(folder, 'database', `${schema}.${table}.copy.gz`);
export const objectPath = (folder: string, key: string): string => join(folder, 'objects', key);

export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(manifestPath(folder), 'utf8').catch(() => {
    throw new Refusal(`There is no backup in ${folder}, or one that was not finished: it has no manifest.json.`);
  });
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.format !== FORMAT)
    throw new Refusal(`The backup in ${folder} is of format ${manifest.format}; this version reads ${FORMAT}.`);
  return manifest;
}
