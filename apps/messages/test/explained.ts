import type { EntityManager } from '@mikro-orm/postgresql';
import type { CompiledQuery } from 'kysely';

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

type Statement = CompiledQuery<unknown>;
const EXPLAIN = 'explain (analyze, buffers, format json)';
type Explanation = { 'QUERY PLAN': [{ Plan: Plan }] };

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
    this.add(await this.inner.execute<Explanation[]>(`${EXPLAIN} ${sql}`, parameters));
    return this.inner.execute(sql, parameters);
  }

  /** What prepared statements ask of a manager: these have one plan for any values, and that is the one to look at. */
  getKysely(): unknown {
    return { executeQuery: (statement: Statement) => this.executePrepared(statement) };
  }

  private async executePrepared(statement: Statement): Promise<unknown> {
    await this.inner.transactional(async (tx) => {
      const values = statement.parameters.map(() => '?').join(', ');
      await tx.execute(`prepare explained as ${statement.sql}`);
      this.add(await tx.execute<Explanation[]>(`${EXPLAIN} execute explained (${values})`, [...statement.parameters]));
      await tx.execute('deallocate explained');
    });
    return this.inner.getKysely().executeQuery(statement);
  }

  private add([row]: Explanation[]): void {
    const plan = row!['QUERY PLAN'][0].Plan;
    this.rows += rowsLookedAt(plan);
    this.blocks += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  }
}

/** Rows that scans of tables and indexes came by, whether or not they kept them. */
function rowsLookedAt(plan: Plan): number {
  const below = (plan.Plans ?? []).reduce((sum, inner) => sum + rowsLookedAt(inner), 0);
  if (!/^(Seq|Index|Index Only|Bitmap Index|Bitmap Heap) Scan$/.test(plan['Node Type'])) return below;
  const each = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  return below + each * plan['Actual Loops'];
}
