import type { StatSeries } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';

export type StatRange = { from: string; to: string; stepSeconds: number };

/** What is counted, as SQL that this code wrote: rows of `table` at the time `at`. */
export type StatSource = { table: string; at: string; value?: string; where?: string };

type About = Pick<StatSeries, 'name' | 'title' | 'unit'>;

/** What each step of the range brought; a step in which nothing was is zero. */
export async function addedSeries(em: EntityManager, about: About, source: StatSource, range: StatRange): Promise<StatSeries> {
  return { ...about, kind: 'added', points: await addedPoints(em, source, range) };
}

/** What there was at the end of each step: all that came up to then, less what went. */
export async function levelSeries(
  em: EntityManager,
  about: About,
  sources: { came: StatSource; went?: StatSource },
  range: StatRange,
): Promise<StatSeries> {
  const came = await levels(em, sources.came, range);
  const went = sources.went ? await levels(em, sources.went, range) : [];
  return { ...about, kind: 'level', points: came.map((point, i) => ({ ...point, value: point.value - (went[i]?.value ?? 0) })) };
}

/** Steps begin at whole multiples since 1970, so that two ranges of one step have their steps in common. */
function stepsOf({ from, to, stepSeconds }: StatRange): number[] {
  const stepMs = stepSeconds * 1000;
  const first = Math.floor(Date.parse(from) / stepMs) * stepMs;
  return Array.from({ length: Math.max(0, Math.ceil((Date.parse(to) - first) / stepMs)) }, (_, i) => first + i * stepMs);
}

async function addedPoints(em: EntityManager, source: StatSource, range: StatRange): Promise<StatSeries['points']> {
  const steps = stepsOf(range);
  if (steps.length === 0) return [];
  const first = new Date(steps[0]!).toISOString();
  const rows = await em.execute<{ at: string; value: string | number | null }[]>(
    `select date_bin(make_interval(secs => ?), ${source.at}, '1970-01-01Z') as at, ${source.value ?? 'count(*)'} as value
       from ${source.table} where ${source.at} >= ?::timestamptz and ${source.at} < ?::timestamptz ${also(source)} group by 1`,
    [range.stepSeconds, first, range.to],
  );
  const values = new Map(rows.map(({ at, value }) => [new Date(at).getTime(), Number(value ?? 0)]));
  return steps.map((at) => ({ at: new Date(at).toISOString(), value: values.get(at) ?? 0 }));
}

async function levels(em: EntityManager, source: StatSource, range: StatRange): Promise<StatSeries['points']> {
  const added = await addedPoints(em, source, range);
  const [row] = await em.execute<{ value: string | number | null }[]>(
    `select ${source.value ?? 'count(*)'} as value from ${source.table} where ${source.at} < ?::timestamptz ${also(source)}`,
    [added[0]?.at ?? range.from],
  );
  let level = Number(row?.value ?? 0);
  return added.map(({ at, value }) => ({ at, value: (level += value) }));
}

const also = ({ where }: StatSource) => (where ? `and ${where}` : '');
