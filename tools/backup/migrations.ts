import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { migrate, type MigrationClass } from '@atrium/database';
import { root } from '../local/paths.ts';
import { type DatabaseService } from '../local/provision.ts';
import { Refusal } from '../local/refusal.ts';

/** By address, not by name: a tool may look into the apps, nothing may depend on them. */
async function migrationsOf(service: DatabaseService): Promise<MigrationClass[]> {
  const { migrations } = (await import(pathToFileURL(join(root, `apps/${service}/migrations/index.ts`)).href)) as {
    migrations: MigrationClass[];
  };
  return migrations;
}

/** Makes a service's tables, as the service's own role. @param only what to apply, by name; everything otherwise */
export async function makeTables(service: DatabaseService, url: string, only?: string[]): Promise<void> {
  try {
    await migrate({ service, url, migrations: await migrationsOf(service), ...(only ? { only } : {}) });
  } catch (error) {
    if (!only) throw error;
    throw new Refusal(`This version of Atrium cannot make the tables of ${service} as the backup has them: ${(error as Error).message}`);
  }
}
