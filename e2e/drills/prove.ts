import { countFindings } from '../../tools/check/report.ts';
import { runChecks } from '../../tools/check/run-checks.ts';
import { findSystem } from '../../tools/check/system.ts';
import { checkHistory } from './checker/check-history.ts';
import { plants } from './checker/plants.ts';
import { Gatherer } from './gather.ts';
import type { Outcome } from './run-drill.ts';
import type { DrillSystem } from './system.ts';

/** Put into the database itself, which is thrown away after it. */
const STORED_DEFECTS = [
  {
    name: 'a hole in a log',
    expects: 'log-unbroken',
    sql: 'delete from messages.messages where id = (select id from messages.messages order by id limit 1)',
  },
  { name: 'credits from nowhere', expects: 'credits-sum', sql: 'update accounts.credit_accounts set balance = balance + 1' },
  { name: 'a member of whom files does not know', expects: 'copy-members-files', sql: 'update files.access set removed_at = now()' },
] as const;

export interface Proof {
  name: string;
  seen: boolean;
}

/** Whether the checker sees what it is there to see: each defect must turn it red. */
export async function proveChecker(system: DrillSystem, { history, stored }: Outcome): Promise<Proof[]> {
  const proofs: Proof[] = plants.map(({ name, expects, plant }) => {
    const [changedHistory, changedStored] = [structuredClone(history), structuredClone(stored)];
    plant(changedHistory, changedStored);
    return { name, seen: checkHistory(changedHistory, changedStored).some(({ check }) => check === expects) };
  });
  const gatherer = await Gatherer.to(system.file.env['DATABASE_URL']!);
  for (const { name, expects, sql } of STORED_DEFECTS) {
    await gatherer.change(sql);
    const results = await runChecks(findSystem(system.file.env), { settleWithinMs: 0, only: (check) => check.name === expects });
    proofs.push({ name, seen: countFindings(results) > 0 });
  }
  await gatherer.end();
  return proofs;
}
