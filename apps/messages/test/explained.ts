import type { EntityManager } from '@mikro-orm/postgresql';

type Plan = {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
};

/** Runs queries and adds up what PostgreSQL had to look at for them. */
export class Explained {
  rows = 0;
  blocks = 0;

  constructor(private readonly inner: EntityManager) {}

  /** The manager to hand to what is to be looked at; it can run queries and nothing else. */
  get em(): EntityManager {
    return this as unknown as EntityManager;
  }

  async execute(sql: string, parameters: unknown[]): Promise<unknown> {
    const [row] = await this.inner.execute<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(
      `explain (analyze, buffers, format json) ${sql}`,
      parameters,
    );
    const plan = row!['QUERY PLAN'][0].Plan;
    this.rows += rowsLookedAt(plan);
    this.blocks += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
    return this.inner.execute(sql, parameters);
  }
}

/** Rows that scans of tables and indexes came by, whether or not they kept them. */
function rowsLookedAt(plan: Plan): number {
  const below = (plan.Plans ?? []).reduce((sum, inner) => sum + rowsLookedAt(inner), 0);
  if (!/^(Seq|Index|Index Only|Bitmap Index|Bitmap Heap) Scan$/.test(plan['Node Type'])) return below;
  const each = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  return below + each * plan['Actual Loops'];
}
