import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { nx, nxEnv } from '../local/build-all.ts';
import { root } from '../local/paths.ts';
import { failedTasks, outputOfTasks } from '../local/nx-output.ts';
import { failedFiles, nothing, sum, tallyOfJest, tallyOfOutput, tallyOfSecondTry, type JestReport, type Tally } from './tally.ts';

const JEST_OPTIONS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
/** Of tests that share a busy machine with real servers and a browser, so many files may fail by chance; more are none. */
const MOST_BY_CHANCE = 3;

export interface NxRun {
  target: string;
  env: NodeJS.ProcessEnv;
  parallel: number;
  limitMinutes: number;
  /** How jest is told to run some files of a project again: few that failed get a second try, alone, and the run says so. */
  secondTry?: string[];
}

interface Finished {
  code: number;
  output: string;
}

const running = new Set<() => void>();

/** Ends whatever still runs; for Ctrl-C. */
export function endRuns(): void {
  for (const end of running) end();
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function command(program: string, args: string[], env: NodeJS.ProcessEnv, limitMinutes: number, cwd = root): Promise<Finished> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that all of it can be ended at once.
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const end = () => endGroup(child.pid);
    const limit = setTimeout(() => {
      output += `\nended after ${limitMinutes} minutes\n`;
      end();
    }, limitMinutes * 60_000);
    running.add(end);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(limit);
      running.delete(end);
      // A suite that ended badly leaves its servers behind.
      end();
      resolve({ code: code ?? 1, output });
    });
  });
}

async function projectsWith(target: string): Promise<{ name: string; root: string }[]> {
  const env = nxEnv(process.env);
  const { output } = await command(nx, ['graph', '--print'], { ...env, NO_COLOR: '1' }, 2);
  const { graph } = JSON.parse(output.slice(output.indexOf('{'))) as {
    graph: { nodes: Record<string, { data: { root: string; targets?: object } }> };
  };
  return Object.entries(graph.nodes)
    .filter(([, { data }]) => target in (data.targets ?? {}))
    .map(([name, { data }]) => ({ name, root: data.root }));
}

async function runMany({ target, env, parallel, limitMinutes }: NxRun): Promise<Finished & { failed: string[] }> {
  const args = ['run-many', '-t', target, `--parallel=${parallel}`, '--output-style=static', '--nx-bail=false'];
  const finished = await command(nx, args, { ...nxEnv(env), NO_COLOR: '1', FORCE_COLOR: '0' }, limitMinutes);
  const failed = failedTasks(finished.output).map((task) => task.replace(`:${target}`, ''));
  const outputs = outputOfTasks(finished.output);
  for (const name of failed) process.stdout.write(`\n--- ${name}:${target}\n${outputs.get(`${name}:${target}`) ?? ''}\n`);
  if (finished.code !== 0 && failed.length === 0) process.stdout.write(`\n--- ${target}\n${finished.output}\n`);
  return { ...finished, failed };
}

/** Runs a target in every project that has it; each project is one check. */
export async function checkProjects(run: NxRun): Promise<Tally> {
  const projects = await projectsWith(run.target);
  const { code, failed } = await runMany(run);
  if (code !== 0 && failed.length === 0) return { passed: 0, failed: 1 };
  return { passed: projects.length - failed.length, failed: failed.length };
}

/** Runs a target whose command is jest in every project that has it, and counts the tests. */
export async function testProjects(run: NxRun): Promise<Tally> {
  const projects = await projectsWith(run.target);
  const reportOf = (project: { root: string }) => join(root, project.root, 'coverage', `${run.target}.json`);
  for (const project of projects) rmSync(reportOf(project), { force: true });
  const { code, failed } = await runMany(run);
  const tallies: Tally[] = [];
  for (const project of projects) {
    const report = readReport(reportOf(project));
    let tally = report ? tallyOfJest(report) : nothing;
    const isFailed = failed.includes(project.name);
    // Jest can fail beside its tests: no configuration, a process that was ended, a leak.
    if (isFailed && tally.failed === 0) tally = { ...tally, failed: 1 };
    tallies.push((isFailed && report && (await tryAgain(run, project, report))) || tally);
  }
  const all = sum(tallies);
  return code !== 0 && failed.length === 0 && all.failed === 0 ? { ...all, failed: 1 } : all;
}

const readReport = (path: string): JestReport | undefined =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as JestReport) : undefined;

/** Runs the few files that failed once more. @returns nothing where there is no second try, or it came to no end */
async function tryAgain(run: NxRun, project: { root: string }, first: JestReport): Promise<Tally | undefined> {
  const files = failedFiles(first);
  if (!run.secondTry || files.length === 0 || files.length > MOST_BY_CHANCE) return undefined;
  const folder = join(root, project.root);
  const reportPath = join(folder, 'coverage', `${run.target}-again.json`);
  rmSync(reportPath, { force: true });
  const args = [join(root, 'node_modules/jest/bin/jest.js'), '--runTestsByPath', ...files, ...run.secondTry];
  const { output } = await command(
    process.execPath,
    [...args, '--runInBand', '--json', `--outputFile=${reportPath}`],
    { ...run.env, NODE_OPTIONS: JEST_OPTIONS, NO_COLOR: '1', FORCE_COLOR: '0' },
    run.limitMinutes,
    folder,
  );
  const second = readReport(reportPath);
  const stillFailed = second ? failedFiles(second) : files;
  for (const file of files)
    process.stdout.write(`  failed above and ${stillFailed.includes(file) ? 'again' : 'passed when run again'}: ${relative(root, file)}\n`);
  if (stillFailed.length > 0) process.stdout.write(`\n--- the second time\n${output}\n`);
  return second && tallyOfSecondTry(first, second);
}

/** Runs one program; it is one check. */
export async function checkProgram(program: string, args: string[], limitMinutes: number): Promise<Tally> {
  const { code, output } = await command(program, args, process.env, limitMinutes);
  if (code !== 0) process.stdout.write(`\n--- ${args.join(' ')}\n${output}\n`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs one program that counts for itself: its last line is what it came to. */
export async function tallyProgram(program: string, args: string[], limitMinutes: number): Promise<Tally> {
  const { code, output } = await command(program, args, process.env, limitMinutes);
  process.stdout.write(`${output.trimEnd()}\n`);
  return tallyOfOutput(output, code);
}
