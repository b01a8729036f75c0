import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import type { Pool } from 'pg';

/** The names of statements by their text, which is all that arrives at a connection. */
const names = new Map<string, string>();

/** Runs a statement with its values in the caller's transaction, if there is one. @returns its rows */
export type Prepared<Row> = (em: EntityManager, values: readonly unknown[]) => Promise<Row[]>;

/**
 * A statement that PostgreSQL parses and plans once for each connection. MikroORM writes values into a statement's text,
 * so that each is planned anew, which takes longer than most of them run ([ADR 29](../../../docs/adr/0029-statements-asked-often-are-planned-once.md)).
 *
 * Its plan has to serve any values: it is for lookups by key. It names its columns, since PostgreSQL refuses a prepared
 * statement whose result has got another column: with a `*` an upgrade would break the instances of before.
 *
 * @param name unique, and what traces call it
 * @param sql with `?` where values go, which are named by their order; or `$1`, where one is named more than once
 * @throws Error for a name that is taken, or a `*` among the columns
 */
export function prepared<Row>(name: string, sql: string): Prepared<Row> {
  const text = numbered(sql);
  if ([...names.values()].includes(name)) throw new Error(`Two prepared statements have the name ${name}.`);
  if (/^\s*(with\b.*\)\s*)?select\s+(\w+\.)?\*/is.test(text)) throw new Error(`${name} names no columns.`);
  names.set(text, name);
  return async (em, values) => {
    try {
      const { rows } = await em.getKysely({ type: 'write' }).executeQuery<Row>(CompiledQuery.raw(text, [...values]));
      return rows;
    } catch (error) {
      throw em.getDriver().convertException(error as Error);
    }
  };
}

/** Has the connections of a pool send prepared statements under their names. */
export function nameStatements(pool: Pool): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const named = (...args: unknown[]): unknown => {
      const [text, values] = args;
      const name = typeof text === 'string' ? names.get(text) : undefined;
      return name === undefined ? query(...args) : query({ name, text, values });
    };
    Object.assign(client, { query: named });
  });
}

function numbered(sql: string): string {
  let place = 0;
  return sql.replace(/\?/g, () => `$${++place}`);
}
