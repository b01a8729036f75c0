/** `npm test`: every check there is; `npm test -- unit int` runs only those phases. */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../local/lifetime.ts';
import { endRuns } from './nx-run.ts';
import { phases, type PhaseContext } from './phases.ts';
import { exitCode, sum, verdict, type Tally } from './tally.ts';

const folder = await mkdtemp(join(tmpdir(), 'atrium-npm-test-'));
// PostgreSQL, which runs as another user when we are root, must be able to pass through.
await chmod(folder, 0o711);
// Whatever a test leaves in its temporary folder goes away with ours.
process.env['TMPDIR'] = join(folder, 'tmp');
await mkdir(process.env['TMPDIR']);
await chmod(process.env['TMPDIR'], 0o1777);
const undoings: (() => Promise<void>)[] = [];
const context: PhaseContext = {
  folder,
  report: (line) => process.stdout.write(`    ${line}\n`),
  onEnd: (undo) => undoings.push(undo),
};

async function cleanUp(): Promise<void> {
  endRuns();
  for (const undo of undoings) await undo();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function runPhase(name: string): Promise<Tally> {
  const began = Date.now();
  process.stdout.write(`▸ ${name}\n`);
  let tally: Tally;
  try {
    tally = await (phases[name] as (typeof phases)[string])(context);
  } catch (error) {
    fail(error);
    tally = { passed: 0, failed: 1 };
  }
  process.stdout.write(`  ${name}: ${tally.passed} ok, ${tally.failed} not ok, ${Math.round((Date.now() - began) / 1000)} s\n`);
  return tally;
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(phases);
const unknown = wanted.filter((name) => !(name in phases));
if (unknown.length > 0) {
  process.stderr.write(`There is no phase ${unknown.join(', ')}: the phases are ${Object.keys(phases).join(', ')}.\n`);
  process.exit(1);
}

const stop = () => void cleanUp().finally(() => process.exit(130));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, stop);
process.once('disconnect', stop);

const tallies: Tally[] = [];
for (const name of wanted) tallies.push(await runPhase(name));
await cleanUp();
const all = sum(tallies);
process.stdout.write(`${verdict(all)}\n`);
process.exit(exitCode(all));
