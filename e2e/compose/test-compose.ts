import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '../../tools/local/console.ts';
import { root } from '../../tools/local/paths.ts';
import type { Fault } from '../drills/faults.ts';
import { runDrill } from '../drills/run-drill.ts';
import { recoveryTable } from '../drills/table.ts';
import { Composed, HEALTHY_WITHIN_MS } from './composed.ts';
import { serviceOf, type Container } from './container.ts';
import { Engine } from './engine.ts';
import { findRights, findRoots, findSecrets } from './hardening.ts';
import { buildImages } from './images.ts';
import { backUpAndRestore, checkAfterwards } from './kept.ts';
import { findReach } from './reach.ts';
import { runSpecs } from './specs.ts';

const MOST_MB_OVER_BASE = 250;
const SENDS = 1_500;
/** About as long as it takes to kill one of each and have it back. */
const KILLING_MS = 150_000;
const print = (line: string) => void process.stdout.write(`${line}\n`);

/** One after another: a container of each service is killed and has to come back by itself. */
const killOfEach: Fault<Composed> = {
  name: 'kill:each container',
  lastsMs: KILLING_MS,
  strike: async (composed) => {
    const firsts = new Map<string, Container>();
    for (const container of await composed.containers()) if (!firsts.has(serviceOf(container))) firsts.set(serviceOf(container), container);
    for (const [service, container] of firsts) {
      await composed.kill(container);
      say(`${service} was killed and is back`);
    }
  },
};

class Tally {
  passed = 0;
  failed = 0;

  add(name: string, findings: readonly string[], passed = 1): void {
    if (findings.length === 0) this.passed += passed;
    else this.failed += findings.length;
    say(`${findings.length === 0 ? 'ok' : 'NOT OK'}  ${name}`);
    for (const finding of findings) print(`            ${finding}`);
  }
}

async function checkContainers(engine: Engine, composed: Composed, tally: Tally): Promise<void> {
  const containers = await composed.containers();
  tally.add('every container runs without rights and with limits', findRights(containers));
  tally.add('nothing runs as root', await findRoots(composed, containers));
  tally.add('no secret stands in an image, a label or a command line', await findSecrets(engine, composed, containers));
  tally.add('each reaches what it must and nothing else', await findReach(composed, containers, await composed.openNetworks()));
}

async function runAll(engine: Engine, composed: Composed, tally: Tally): Promise<void> {
  const revision = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const sizes = await buildImages(engine, revision, say);
  const large = [...sizes].filter(([, size]) => size > MOST_MB_OVER_BASE).map(([app, size]) => `${app} has ${Math.round(size)} MB`);
  tally.add(`images over their base: ${[...sizes].map(([app, size]) => `${app} ${Math.round(size)} MB`).join(', ')}`, large);

  const healthyAfter = await composed.up();
  tally.add(`every container is healthy after ${Math.round(healthyAfter / 1000)} s`, healthyAfter <= HEALTHY_WITHIN_MS ? [] : ['too late']);
  await checkContainers(engine, composed, tally);

  const specs = await runSpecs(composed, engine.folder, say);
  tally.add(`${specs.passed} specs passed through the proxy`, specs.failed, specs.passed);

  await composed.up({ gateway: 2, messages: 2, 'files-worker': 3 });
  tally.add('scaled to two gateways, two of messages and three workers', findRights(await composed.containers()));

  const outcome = await runDrill(composed, killOfEach, { seed: 1, sends: SENDS });
  print(`\n${recoveryTable([outcome])}\n`);
  tally.add(
    'nothing is lost where a container of each is killed',
    outcome.violations.map(({ check, says }) => `${check}: ${says}`),
  );

  await composed.down();
  const upAgain = await composed.up();
  tally.add(
    `everything is there after down and up, healthy after ${Math.round(upAgain / 1000)} s`,
    await checkAfterwards(composed, outcome),
  );

  const backup = join(engine.folder, 'backup');
  await rm(backup, { recursive: true, force: true });
  const seconds = await backUpAndRestore(composed, backup);
  tally.add(
    `everything is there after ${seconds} s of restoring a backup into a new installation`,
    await checkAfterwards(composed, outcome),
  );
}

/** @returns the exit code */
export async function testCompose(args: string[]): Promise<number> {
  const engine = await Engine.in(args[0] ?? join(root, '.local', 'compose'), say);
  const tally = new Tally();
  let composed: Composed | undefined;
  const end = async () => {
    try {
      await composed?.down('--volumes');
    } finally {
      await engine.stop();
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => void end().finally(() => process.exit(130)));
  try {
    await engine.start();
    composed = await Composed.on(engine);
    // What an interrupted run left behind.
    await composed.down('--volumes');
    await runAll(engine, composed, tally);
  } finally {
    await end();
  }
  print(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed > 0 ? 1 : 0;
}
