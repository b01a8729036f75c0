/**
 * A PostgreSQL array literal, for `any(?::uuid[])`. UUIDs hold nothing that needs quoting; anything else is refused,
 * because it would.
 */
export function uuidArray(ids: readonly string[]): string {
  for (const id of ids) {
    if (!/^[0-9a-f-]{36}$/i.test(id)) throw new Error('uuidArray takes UUIDs only');
  }
  return `{${ids.join(',')}}`;
}
