import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../local/paths.ts';
import { Refusal } from '../local/refusal.ts';
import { findChromium } from './chromium.ts';
import { anE2eStack } from './e2e-stack.ts';
import { IntServers } from './int-servers.ts';
import { buildPrevious, findPrevious } from './previous.ts';
import { checkProgram, checkProjects, tallyProgram, testProjects } from './nx-run.ts';
import { nothing, sum, type Tally } from './tally.ts';
import { forgetSeen, listUnseen } from './unseen.ts';

export interface PhaseContext {
  /** A folder that goes away with the run. */
  folder: string;
  report: (line: string) => void;
  /** What has to be undone, however the run ends. */
  onEnd: (undo: () => Promise<void>) => void;
}

export type Phase = (context: PhaseContext) => Promise<Tally>;

const lint: Phase = () => checkProjects({ target: 'lint', env: process.env, parallel: 2, limitMinutes: 8 });
/** One formatter, and nobody argues about layout. */
const format: Phase = () =>
  checkProgram(process.execPath, ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'], 3);
const typecheck: Phase = () => checkProjects({ target: 'typecheck', env: process.env, parallel: 2, limitMinutes: 8 });
const unit: Phase = () => testProjects({ target: 'test', env: process.env, parallel: 2, limitMinutes: 8 });

const generator = 'tools/gen/main.ts';
/** What is generated and committed must be what would be generated now; so must the words of the page and of the bot, each of them translated. */
const generated: Phase = async () => {
  if (!existsSync(join(root, generator))) return nothing;
  const checks = [await checkProgram(process.execPath, [generator, '--check'], 3)];
  for (const app of ['web', 'bot'])
    for (const check of [['sync', '--clean'], ['missing']])
      checks.push(
        await checkProgram(
          process.execPath,
          ['node_modules/@lingui/cli/dist/lingui.js', 'check', ...check, '--config', `apps/${app}/lingui.config.ts`],
          3,
        ),
      );
  return sum(checks);
};

/** One service at a time against real servers: PostgreSQL shared, NATS and Redis each suite's own. */
const int: Phase = async ({ folder, report, onEnd }) => {
  const shared = new IntServers(join(folder, 'int'), report);
  onEnd(() => shared.stop());
  const servers = await shared.start();
  const tally = await testProjects({
    target: 'int',
    env: { ...process.env, ...servers },
    parallel: 2,
    limitMinutes: 22,
    secondTry: ['--testMatch=**/*.int-spec.ts', '--testTimeout=30000'],
  });
  await shared.stop();
  return tally;
};

/** Everything at once, from outside. */
const e2e: Phase = async ({ folder, report, onEnd }) => {
  const chromium = await findChromium(report);
  const { stack, env } = await anE2eStack(join(folder, 'e2e'), report);
  onEnd(() => stack.stop());
  await stack.start();
  forgetSeen();
  const tally = await testProjects({
    target: 'e2e',
    env: { ...process.env, ...env, CHROMIUM_PATH: chromium },
    parallel: 1,
    limitMinutes: 28,
    secondTry: [],
  });
  listUnseen(report);
  await stack.stop();
  return tally;
};

/** Those that the others ask and hear most. */
const REPLACED = ['rooms', 'messages'];

/** During a deploy old and new run side by side: one service at a time as it was before the contracts last changed. */
const previous: Phase = async ({ folder, report, onEnd }) => {
  const commit = await findPrevious().catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    report(`not run: ${error.message}`);
  });
  if (!commit) return nothing;
  const code = join(folder, 'previous');
  report(`building ${REPLACED.join(' and ')} of ${commit.slice(0, 10)}`);
  await buildPrevious(code, commit, REPLACED);
  const { stack, env } = await anE2eStack(join(folder, 'previous-data'), report, 1);
  onEnd(() => stack.stop());
  await stack.start();
  const tallies: Tally[] = [];
  for (const name of REPLACED) {
    const putBack = await stack.replace(name, code);
    const told = { ...env, ATRIUM_PREVIOUS: code, ATRIUM_REPLACED: name };
    tallies.push(await testProjects({ target: 'previous', env: { ...process.env, ...told }, parallel: 1, limitMinutes: 5 }));
    await putBack();
  }
  await stack.stop();
  return sum(tallies);
};

/** Two ways of breaking a system that has two of everything, under load; whether the checker would see it; and acts that meet. */
const drills: Phase = () =>
  tallyProgram(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'e2e/drills/main.ts',
      ...['--only', 'kill:messages,freeze:nats,races', '--sends', '1000', '--rounds', '4', '--prove'],
    ],
    10,
  );

export const phases: Record<string, Phase> = { format, lint, typecheck, generated, unit, int, e2e, previous, drills };
