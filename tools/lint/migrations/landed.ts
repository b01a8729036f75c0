import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { MigrationClass } from '@atrium/database';
import { databaseServices, type DatabaseService } from '../../local/provision.ts';
import { root } from '../../local/paths.ts';
import { findLocks, type Finding } from './rules.ts';

export interface Landed {
  /** `messages/20261126-seek-what-is-shown` */
  name: string;
  findings: Finding[];
}

/** As the migrator takes it; nothing is run. */
interface Written {
  name?: string;
  up(): void | Promise<void>;
  isTransactional(): boolean;
  getQueries(): unknown[];
}

async function readMigration(service: DatabaseService, made: MigrationClass): Promise<Landed> {
  const migration = Reflect.construct(made, []) as unknown as Written;
  await migration.up();
  const queries = migration.getQueries().map((query) => {
    if (typeof query !== 'string') throw new Error(`${service}/${made.name} has a query that is not plain SQL: it cannot be checked`);
    return query;
  });
  return {
    name: `${service}/${migration.name ?? made.name}`,
    findings: await findLocks({ queries, transactional: migration.isTransactional() }),
  };
}

async function migrationsOf(service: DatabaseService): Promise<Landed[]> {
  const { migrations } = (await import(pathToFileURL(join(root, `apps/${service}/migrations/index.ts`)).href)) as {
    migrations: MigrationClass[];
  };
  return Promise.all(migrations.map((made) => readMigration(service, made)));
}

/** Every migration of every service, with what it would do to a system in use. */
export async function readMigrations(): Promise<Landed[]> {
  return (await Promise.all(databaseServices.map(migrationsOf))).flat();
}
