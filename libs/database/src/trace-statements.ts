import { inSpan, isTraced, isTracing } from '@atrium/bus';
import type { Pool } from 'pg';

/** Enough to see what a statement does. */
const LOOKED_AT = 400;

/**
 * Has each statement on a pool's connections be a span of the work that it is part of, where that is traced. The text of
 * a statement holds what people wrote, so a span tells what it does and to which table, and nothing else.
 */
export function traceStatements(pool: Pool): void {
  if (!isTracing()) return;
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const traced = (...args: unknown[]): unknown => {
      // A cursor, or somebody who is called back: neither is a promise to wait for.
      const isAwaited = typeof args.at(-1) !== 'function' && !isSubmittable(args[0]);
      if (!isAwaited || !isTraced()) return query(...args);
      const { text = '', name } = typeof args[0] === 'string' ? { text: args[0] } : (args[0] as { text?: string; name?: string });
      return inSpan({ ...describeStatement(text, name), kind: 'client' }, () => query(...args) as Promise<unknown>);
    };
    Object.assign(client, { query: traced });
  });
}

const NAME = '((?:"?[a-z_]+"?\\.)?"?[a-z_]+"?)';
/** Where the table stands, by what is done to it. */
const TABLE: Record<string, RegExp> = {
  insert: new RegExp(`\\binto\\s+${NAME}`, 'i'),
  update: new RegExp(`^\\s*update\\s+(?:only\\s+)?${NAME}`, 'i'),
  select: new RegExp(`\\bfrom\\s+${NAME}`, 'i'),
  delete: new RegExp(`\\bfrom\\s+${NAME}`, 'i'),
};

/** What a statement does, told from its beginning and without a word of what it holds. */
export function describeStatement(text: string, statement?: string): { name: string; attributes: Record<string, string> } {
  // From the first quote on there may be what somebody wrote.
  const [beginning = ''] = text.slice(0, LOOKED_AT).split(/'|\$\$/);
  const operation = /[a-z]+/i.exec(beginning)?.[0].toLowerCase() ?? 'statement';
  const table = TABLE[operation]?.exec(beginning)?.[1]?.replaceAll('"', '');
  return {
    name: statement ?? (table === undefined ? operation : `${operation} ${table}`),
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': operation,
      ...(table !== undefined && { 'db.collection.name': table }),
    },
  };
}

const isSubmittable = (query: unknown): boolean =>
  typeof query === 'object' && query !== null && typeof (query as { submit?: unknown }).submit === 'function';
