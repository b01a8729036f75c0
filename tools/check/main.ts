/** `npm run check`: whether a living system is whole, from the outside of its services. */
import { program } from '../local/lifetime.ts';
import { countFindings, report, summary } from './report.ts';
import { runChecks } from './run-checks.ts';
import { findSystem } from './system.ts';

await program(async () => {
  const results = await runChecks(findSystem());
  for (const line of [...report(results), summary(results)]) process.stdout.write(`${line}\n`);
  if (countFindings(results) > 0) process.exitCode = 1;
});
