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

/** As the migrator writes it down. */
function nameOf(migration: MigrationClass): string {
  const { name } = Reflect.construct(migration, []) as { name?: string };
  return name ?? migration.name;
}

/** Refuses what a later version of Atrium wrote. */
export async function requireKnown(service: DatabaseService, names: readonly string[]): Promise<void> {
  const known = new Set((await migrationsOf(service)).map(nameOf));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new Refusal(`The backup is of another version of Atrium: this one does not know ${unknown.join(', ')} of ${service}.`);
}

interface Making {
  /** Whom to act as; whom `url` names otherwise. */
  role?: string;
  /** What to apply, by name; everything otherwise. */
  only?: string[];
}

/** Makes a service's tables. */
export async function makeTables(service: DatabaseService, url: string, making: Making = {}): Promise<void> {
  await migrate({ service, url, migrations: await migrationsOf(service), ...making });
}
