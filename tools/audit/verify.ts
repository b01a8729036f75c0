import pg from 'pg';
import { auditChecks } from '../check/checks/audit.ts';
import { countFindings, report } from '../check/report.ts';
import { runChecks } from '../check/run-checks.ts';
import { databaseServices } from '../local/provision.ts';
import { compareHeads, findHeads, readHeads, writeHeads } from './heads.ts';

interface Options {
  /** Where the heads of the last look are kept; somewhere that whoever can change the database cannot. */
  heads: string;
  /** Take the heads as they are now, as after a restore. */
  accept: boolean;
}

/** Reads every audit log through, and compares it with what a former look found at its end. */
export async function verifyAudit(databaseUrl: string, { heads: path, accept }: Options): Promise<{ lines: string[]; findings: number }> {
  const results = await runChecks({ databaseUrl }, { only: (check) => auditChecks.includes(check) });
  const remembered = accept ? {} : await readHeads(path);
  const database = new pg.Client({ connectionString: databaseUrl, application_name: 'atrium-audit-verify' });
  await database.connect();
  try {
    const lost = await compareHeads(database, remembered);
    const heads = await findHeads(database);
    const findings = countFindings(results) + lost.length;
    // A log that is not whole is not what the next look is to be compared with.
    if (findings === 0) await writeHeads(path, heads);
    const ends = databaseServices.map((service) => {
      const head = heads[service];
      return `  ${service.padEnd(9)} ${head ? `${head.number} rows, head ${head.hash}` : 'has no head'}`;
    });
    const summary =
      findings === 0 ? `every chain is whole; the heads are kept in ${path}` : `${findings} findings; the heads of before are kept`;
    return { lines: [...report(results), ...lost.map((line) => `  finding  ${line}`), ...ends, summary], findings };
  } finally {
    await database.end();
  }
}
