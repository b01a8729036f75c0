import type { Client } from 'pg';

/** Kept by the migrator itself. */
const MIGRATIONS = 'migrations';

interface Table {
  name: string;
  columns: string[];
}

export async function findMigrations(database: Client, schema: string): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(`select name from ${schema}.${MIGRATIONS} order by id`);
  return rows.map(({ name }) => name);
}

/** The tables of a schema, those that others refer to first; generated columns make themselves. */
export async function findTables(database: Client, schema: string): Promise<Table[]> {
  const { rows } = await database.query<Table & { references: string[] }>(
    `select c.relname as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       array(select r.confrelid::regclass::oid::regclass::text from pg_constraint r where r.conrelid = c.oid and r.contype = 'f' and r.confrelid <> c.oid) as "references"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relkind = 'r' and c.relname <> $2 order by c.relname`,
    [schema, MIGRATIONS],
  );
  return inOrder(rows, schema);
}

function inOrder(tables: (Table & { references: string[] })[], schema: string): Table[] {
  const placed: Table[] = [];
  const left = new Map(tables.map((table) => [table.name, table]));
  while (left.size > 0) {
    const next = [...left.values()].find(({ references }) => references.every((name) => !left.has(name.replace(`${schema}.`, ''))));
    if (!next) throw new Error(`the tables ${[...left.keys()].join(', ')} of ${schema} refer to each other in a circle`);
    left.delete(next.name);
    placed.push({ name: next.name, columns: next.columns });
  }
  return placed;
}

export const columnList = (columns: readonly string[]): string => columns.map((name) => `"${name}"`).join(', ');
