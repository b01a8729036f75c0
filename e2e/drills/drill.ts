import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from '../../tools/local/console.ts';
import { services } from '../../tools/local/services.ts';
import { buildPrevious, findPrevious } from '../../tools/test/previous.ts';
import { runAlerts } from './alerts/run-alerts.ts';
import { proveChecker, type Proof } from './prove.ts';
import { readFault } from './faults.ts';
import { readOptions, turnsOf, type Options } from './options.ts';
import { findRaces } from './races/races.ts';
import { runRaces, type RacesOutcome } from './races/run-races.ts';
import { runDrill, type Outcome } from './run-drill.ts';
import { DrillSystem } from './system.ts';
import { proofLine, recoveryTable, resultOf, violationLines } from './table.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** @returns the exit code */
export async function drill(args: string[]): Promise<number> {
  const options = readOptions(args);
  const folder = await mkdtemp(join(tmpdir(), 'atrium-drill-'));
  // PostgreSQL, which runs as another user when we are root, must be able to pass through.
  await chmod(folder, 0o711);
  const system = await DrillSystem.in(join(folder, 'data'), say, options);
  const stop = () => void system.stop().finally(() => process.exit(130));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, stop);
  process.once('disconnect', stop);
  try {
    await system.stack.start(options.from && (await buildEarlier(join(folder, 'earlier'), options.from)));
    return await runAll(system, options);
  } finally {
    await system.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @returns the folder in which the services of a commit are built */
async function buildEarlier(folder: string, from: string): Promise<string> {
  const commit = from === 'previous' ? await findPrevious() : from;
  say(`building the services of ${commit.slice(0, 10)}`);
  await buildPrevious(folder, commit, [...new Set(services.map(({ app }) => app))]);
  return folder;
}

async function runAll(system: DrillSystem, options: Options): Promise<number> {
  const outcomes: Outcome[] = [];
  const broken: { name: string; violations: { check: string; says: string }[] }[] = [];
  const raced: RacesOutcome[] = [];
  /** Told as it ends: a run of hours may not get to its own end. */
  const ended = <T extends Pick<Outcome, 'name' | 'violations'>>(outcomesSoFar: T[], outcome: T) => {
    outcomesSoFar.push(outcome);
    say(`${outcome.name}: ${resultOf(outcome)}`);
    for (const line of violationLines(outcome)) print(line);
  };
  for (const { name, seed } of turnsOf(options)) {
    say(`${name}, seed ${seed}`);
    try {
      const races = findRaces(name);
      const [kind, alert] = name.split(':');
      if (kind === 'alerts') ended(raced, await runAlerts(system, alert));
      else if (races.length > 0) ended(raced, await runRaces(system, { name, races, rounds: options.rounds, seed }));
      else ended(outcomes, await runDrill(system, readFault(name), { ...options, seed }));
    } catch (error) {
      ended(broken, { name, violations: [{ check: 'drill', says: (error as Error).stack ?? String(error) }] });
    }
  }
  // The first: a restore makes clients forget the views in which some of the defects are planted.
  const proofs = options.prove && outcomes[0] ? await proveChecker(system, outcomes[0]) : [];
  if (outcomes.length > 0) print(`\n${recoveryTable(outcomes)}\n`);
  for (const line of [...outcomes, ...raced, ...broken].flatMap(violationLines)) print(line);
  if (proofs.length > 0) print(['  defects planted to check the checker', ...proofs.map(proofLine)].join('\n'));
  return verdict([...outcomes, ...raced], broken.length, proofs);
}

function verdict(outcomes: Pick<Outcome, 'violations'>[], broken: number, proofs: Proof[]): number {
  const passed = outcomes.filter(({ violations }) => violations.length === 0).length + proofs.filter(({ seen }) => seen).length;
  const failed = outcomes.length + proofs.length + broken - passed;
  print(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}
