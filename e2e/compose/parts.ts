import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findPrevious } from '../../tools/test/previous.ts';
import { say } from '../../tools/local/console.ts';
import { root } from '../../tools/local/paths.ts';
import { services } from '../../tools/local/services.ts';
import type { Fault } from '../drills/faults.ts';
import { runDrill, type Outcome } from '../drills/run-drill.ts';
import { recoveryTable } from '../drills/table.ts';
import { HEALTHY_WITHIN_MS, type Composed } from './composed.ts';
import { serviceOf } from './container.ts';
import { killOfEach, stopOfEach, upgradeOfEach } from './container-faults.ts';
import type { Engine } from './engine.ts';
import { findRights, findRoots, findSecrets } from './hardening.ts';
import { buildEarlierImages, buildImages } from './images.ts';
import { backUpAndRestore, checkAfterwards } from './kept.ts';
import { findReach } from './reach.ts';
import { runSpecs } from './specs.ts';
import type { Tally } from './tally.ts';
import { findUnwatched } from './watched.ts';

const MOST_MB_OVER_BASE = 250;
const SENDS = 1_500;
const BACKUP = 'first';
const EARLIER = 'earlier';
/** In which a client whose gateway ended is back, and has sent again what it was not told of. */
const LONGEST_SEND_SECONDS = 20;
const SCALED = { gateway: 2, messages: 2, 'files-worker': 3 };
/** People who write to each other, and nothing that happens. */
const nothing: Fault<Composed> = { name: 'nothing', lastsMs: 0, strike: () => Promise.resolve() };

export interface Tried {
  engine: Engine;
  composed: Composed;
  tally: Tally;
}

async function images({ engine, tally }: Tried): Promise<void> {
  const revision = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const sizes = await buildImages(engine, revision, say);
  const large = [...sizes].filter(([, size]) => size > MOST_MB_OVER_BASE).map(([app, size]) => `${app} has ${Math.round(size)} MB`);
  tally.add(`images over their base: ${[...sizes].map(([app, size]) => `${app} ${Math.round(size)} MB`).join(', ')}`, large);
}

async function up({ engine, composed, tally }: Tried): Promise<void> {
  const healthyAfter = await composed.up();
  tally.add(`every container is healthy after ${Math.round(healthyAfter / 1000)} s`, healthyAfter <= HEALTHY_WITHIN_MS ? [] : ['too late']);
  const containers = await composed.containers();
  tally.add('every container runs without rights and with limits', findRights(containers));
  tally.add('nothing runs as root', await findRoots(composed, containers));
  tally.add('no secret stands in an image, a label or a command line', await findSecrets(engine, composed, containers));
  tally.add('each reaches what it must and nothing else', await findReach(composed, containers, await composed.openNetworks()));
  const specs = await runSpecs(composed, engine.folder, say);
  tally.add(`${specs.passed} specs passed through the proxy`, specs.failed, specs.passed);
}

async function drillOn({ composed, tally }: Tried, fault: Fault<Composed>, title: string): Promise<Outcome> {
  const outcome = await runDrill(composed, fault, { seed: 1, sends: SENDS });
  tally.print(`\n${recoveryTable([outcome])}\n`);
  tally.add(
    title,
    outcome.violations.map(({ check, says }) => `${check}: ${says}`),
  );
  return outcome;
}

async function scaleUp({ composed, tally }: Tried): Promise<void> {
  const healthyAfter = await composed.up(SCALED);
  const what = Object.entries(SCALED).map(([service, count]) => `${count} of ${service}`);
  tally.add(`scaled to ${what.join(', ')}: healthy after ${Math.round(healthyAfter / 1000)} s`, findRights(await composed.containers()));
}

async function kill(tried: Tried): Promise<void> {
  const { composed, tally } = tried;
  await composed.up();
  await scaleUp(tried);
  const outcome = await drillOn(tried, killOfEach, 'nothing is lost where a container of each is killed');
  await composed.down();
  const upAgain = await composed.up();
  tally.add(
    `everything is there after down and up, healthy after ${Math.round(upAgain / 1000)} s`,
    await checkAfterwards(composed, outcome),
  );
}

async function stop(tried: Tried): Promise<void> {
  await scaleUp(tried);
  await drillOn(tried, stopOfEach, 'nothing is lost where a container of each is stopped and started');
}

/** From the commit before the contracts last changed to the code that is here, old and new side by side. */
async function upgrade(tried: Tried): Promise<void> {
  const { engine, composed, tally } = tried;
  const commit = await findPrevious();
  say(`building the images of ${commit.slice(0, 8)}`);
  await buildEarlierImages(engine, { commit, version: EARLIER });
  await composed.upAs(EARLIER, SCALED);
  const outcome = await drillOn(tried, upgradeOfEach, 'nothing is lost where each container is replaced by the next version');
  const { slowestSend } = outcome.recovery;
  const late = slowestSend > LONGEST_SEND_SECONDS ? [`longer than the ${LONGEST_SEND_SECONDS} s in which a client is back`] : [];
  tally.add(`the slowest message was acknowledged after ${slowestSend.toFixed(1)} s`, late);
  const ours = new Set<string>(services.map(({ name }) => name));
  const left = (await composed.containers()).filter((one) => ours.has(serviceOf(one)) && one.Config.Image.endsWith(`:${EARLIER}`));
  tally.add(
    'every container of ours is of the version that is here',
    left.map(({ Name }) => `${Name} is not`),
  );
}

async function restore(tried: Tried): Promise<void> {
  const { engine, composed, tally } = tried;
  await composed.up();
  const outcome = await drillOn(tried, nothing, 'nothing is lost where nothing happens');
  const backup = join(engine.folder, 'backup');
  await rm(backup, { recursive: true, force: true });
  const seconds = await backUpAndRestore(composed, backup);
  tally.add(
    `everything is there after ${seconds} s of restoring a backup into a new installation`,
    await checkAfterwards(composed, outcome),
  );
}

/** What an operator does in the first ten minutes, by the commands of the how-to. */
async function operate(tried: Tried): Promise<void> {
  const { composed, tally } = tried;
  const began = Date.now();
  await scaleUp(tried);
  await composed.watch();
  await composed.runTool('npm', 'run', 'backup', '--', `/backups/${BACKUP}`);
  const seconds = Math.round((Date.now() - began) / 1000);
  const check = await composed.runTool('npm', 'run', 'check').then(
    () => [],
    (error: Error) => [error.message],
  );
  const folder = join(composed.backups, BACKUP);
  const backup = existsSync(folder) ? [] : [`there is no ${folder}`];
  await rm(folder, { recursive: true, force: true });
  tally.add(`scaled, watched and backed up after ${seconds} s`, [...check, ...backup, ...(await findUnwatched(composed))]);
}

/** In their order. Each but the first begins with an installation that is new, of the images that there are. */
export const PARTS: Record<string, (tried: Tried) => Promise<void>> = { images, up, operate, kill, stop, upgrade, restore };
