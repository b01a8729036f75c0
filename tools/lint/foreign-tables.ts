/** Reads SQL as far as needed to see whose tables it names. */

const CREATED = /create\s+table\s+(?:if\s+not\s+exists\s+)?"?(\w+)"?/gi;
const RENAMED = /alter\s+table\s+"?\w+"?\s+rename\s+to\s+"?(\w+)"?/gi;
const NAMED = /\b(?:from|join|into|update|truncate)\s+(?:only\s+)?"?(?:(\w+)"?\."?)?(\w+)\b/gi;
const MAPPED = /\btableName:\s*['"](\w+)['"]/g;
/** What quotes hold in TypeScript; SQL stands in nothing else. */
const STRINGS = /`[^`]*`|'[^'\n]*'|"[^"\n]*"/g;

/** The tables that a migration creates, also under a new name. */
export function createdTables(migration: string): string[] {
  return [...migration.matchAll(CREATED), ...migration.matchAll(RENAMED)].map((match) => match[1] as string);
}

/** `{schema, table}` for each place in a source file where SQL reads or writes a table, or an entity is mapped to one. */
export function namedTables(source: string): { schema?: string; table: string }[] {
  const mapped = [...source.matchAll(MAPPED)].map((match) => ({ table: match[1] as string }));
  const queried = [...source.matchAll(STRINGS)].flatMap(([text]) =>
    [...text.matchAll(NAMED)].map((match) => ({ schema: match[1], table: match[2] as string })),
  );
  return [...mapped, ...queried];
}

/** The tables of other services that `source` names. @param tables each service's own, by its name, which is its schema's */
export function foreignTables(service: string, source: string, tables: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const own = tables.get(service) ?? new Set();
  const others = [...tables].filter(([name]) => name !== service);
  return namedTables(source)
    .filter(({ schema, table }) => {
      if (schema !== undefined && schema !== service) return tables.has(schema);
      return !own.has(table) && others.some(([, theirs]) => theirs.has(table));
    })
    .map(({ schema, table }) => (schema ? `${schema}.${table}` : table));
}
