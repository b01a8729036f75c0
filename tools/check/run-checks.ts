import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Check, Finding } from './check.ts';
import { auditChecks } from './checks/audit.ts';
import { creditChecks } from './checks/credits.ts';
import { factChecks } from './checks/facts.ts';
import { fileChecks, objectChecks } from './checks/files.ts';
import { logChecks } from './checks/log.ts';
import { outboxChecks } from './checks/outboxes.ts';
import { roomChecks } from './checks/rooms.ts';
import { noteObjects } from './objects.ts';
import type { System } from './system.ts';

/** Without a store, only what needs none can be looked at. */
type Seen = Pick<System, 'databaseUrl'> & Partial<System>;

export const checks: readonly Check[] = [
  ...logChecks,
  ...roomChecks,
  ...factChecks,
  ...creditChecks,
  ...fileChecks,
  ...objectChecks,
  ...outboxChecks,
  ...auditChecks,
];

/** Shown and remembered of one check; how many there are is counted beyond. */
const SHOWN = 50;
/** Copies compare themselves with their owners every 30 s. */
const SETTLE_WITHIN_MS = 45_000;
const LOOK_AGAIN_MS = 2_000;

export interface CheckResult {
  check: Check;
  /** At most 50 of them. */
  findings: Finding[];
  count: number;
  /** Nobody is there to bring this to an end; it is no finding. */
  waits: boolean;
}

export interface CheckOptions {
  settleWithinMs?: number;
  /** Only these; all otherwise. */
  only?: (check: Check) => boolean;
}

/** Looks at everything that must be so, as the operator of the system. On a living system, what is on its way gets the time to arrive. */
export async function runChecks(
  system: Seen,
  { settleWithinMs = SETTLE_WITHIN_MS, only = () => true }: CheckOptions = {},
): Promise<CheckResult[]> {
  const database = new pg.Client({ connectionString: system.databaseUrl, application_name: 'atrium-check' });
  await database.connect();
  try {
    const running = await servicesRun(database);
    const wanted = checks.filter(only);
    if (wanted.some((check) => objectChecks.includes(check))) await noteObjects(database, storeOf(system));
    const results: CheckResult[] = [];
    for (const check of wanted) results.push(await look(database, check, running));
    if (running) await settle(database, system, results, Date.now() + settleWithinMs);
    return results;
  } finally {
    await database.end();
  }
}

function storeOf({ s3 }: Seen): System['s3'] {
  if (!s3) throw new Error('objects are checked, and no store is named');
  return s3;
}

/** Whether any service is connected: without one, nothing is on its way. */
async function servicesRun(database: pg.Client): Promise<boolean> {
  const { rowCount } = await database.query(
    `select from pg_stat_activity where datname = current_database() and usename like 'atrium\\_%' limit 1`,
  );
  return (rowCount ?? 0) > 0;
}

async function look(database: pg.Client, check: Check, running: boolean): Promise<CheckResult> {
  const { rows } = await database.query<{ key: string; says: string; count: string }>(
    `select key, says, count(*) over () as count from (${check.sql}) found order by key limit ${SHOWN}`,
  );
  return {
    check,
    findings: rows.map(({ key, says }) => ({ check: check.name, key, says })),
    count: Number(rows[0]?.count ?? 0),
    waits: check.settles === 'services' && !running,
  };
}

/** Looks again at what may have been on its way, until nothing of that is left or time is up. */
async function settle(database: pg.Client, system: Seen, results: CheckResult[], giveUpAt: number): Promise<void> {
  for (;;) {
    const unsettled = results.filter(({ check, count }) => check.settles && count > 0);
    if (unsettled.length === 0 || Date.now() > giveUpAt) return;
    await sleep(LOOK_AGAIN_MS);
    if (unsettled.some(({ check }) => objectChecks.includes(check))) await noteObjects(database, storeOf(system));
    for (const result of unsettled) {
      const seen = new Set(result.findings.map(({ key }) => key));
      const now = await look(database, result.check, true);
      // On a busy system something is always on its way; what counts is what stays.
      const stayed = now.findings.filter(({ key }) => seen.has(key));
      Object.assign(result, now.count > SHOWN ? now : { ...now, findings: stayed, count: stayed.length });
    }
  }
}
