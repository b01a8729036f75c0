import type { Check } from '../check.ts';
import { facts } from '../facts.ts';

export const factChecks: readonly Check[] = facts.flatMap(({ owner, about, key, table, told, readers }) => [
  {
    name: `facts-unbroken-${owner}`,
    sql: `
      select f.${key}::text as key, format('the facts of ${about} %s are %s, numbered %s to %s, and it is at %s', f.${key}, f.facts, f.first, f.last, o.${told}) as says
      from (select ${key}, count(*) as facts, min(version) as first, max(version) as last from ${owner}.facts group by ${key}) f
      left join ${owner}.${table} o on o.id = f.${key} where f.facts <> f.last - f.first + 1 or f.last is distinct from o.${told}`,
  },
  ...readers.map((reader): Check => ({
    name: `facts-taken-${owner}-${reader}`,
    settles: 'services',
    sql: `
        select f.${key}::text as key,
          format('${owner} told %s facts of ${about} %s, and ${reader} has taken in %s', f.head, f.${key}, coalesce(h.version, 0)) as says
        from (select ${key}, max(version) as head from ${owner}.facts group by ${key}) f
        left join ${reader}.fact_heads h on h.key = f.${key} where coalesce(h.version, 0) <> f.head`,
  })),
]);
