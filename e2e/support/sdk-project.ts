import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { onCleanup, temporaryDirectory } from '@atrium/testing';

const root = join(import.meta.dirname, '../..');
const CLIENT = join(root, 'libs/client');
/** What the tests run with is not for the programs that they start. */
const { NODE_OPTIONS: _, ...environment } = process.env;

type Ended = { code: number; output: string };
export type Running = { output: () => string; ended: Promise<Ended> };

/** @returns however it ended, with all that it printed */
function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env: { ...environment, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error ? 1 : 0, output: stdout + stderr }),
    );
  });
}

async function mustRun(program: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await run(program, args, cwd);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${output}`);
}

const RECIPE = /^### \d\. (.+)\n[^]*?```ts\n([^]*?)```/gm;

/** The programs that the package's README shows, by their titles. */
export async function recipes(): Promise<Map<string, string>> {
  const text = await readFile(join(CLIENT, 'README.md'), 'utf8');
  return new Map([...text.matchAll(RECIPE)].map(([, title, program]) => [title!, program!]));
}

/** A project of somebody who has the SDK as `npm pack` makes it, and nothing else of this repository. */
export class SdkProject {
  private constructor(readonly folder: string) {}

  static async make(): Promise<SdkProject> {
    const folder = await temporaryDirectory('atrium-sdk-');
    await mustRun('npm', ['pack', '--workspace', 'libs/client', '--pack-destination', folder], root);
    const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
    const project = new SdkProject(join(folder, 'project'));
    await mkdir(project.folder);
    await project.write('package.json', '{ "private": true, "type": "module" }');
    // Without a network and with nothing kept from earlier: whatever is not in the package would be missed.
    await mustRun('npm', ['install', '--offline', '--cache', join(folder, 'cache'), `../${tarball}`], project.folder);
    return project;
  }

  /** A folder of the repository in a project of its own that has the SDK: what the README tells to do with an example. */
  async copy(path: string): Promise<SdkProject> {
    const copied = new SdkProject(`${this.folder}-${basename(path)}`);
    await cp(join(root, path), copied.folder, { recursive: true });
    const [tarball] = (await readdir(dirname(this.folder))).filter((name) => name.endsWith('.tgz'));
    await mustRun('npm', ['install', '--offline', '--cache', join(dirname(this.folder), 'cache'), `../${tarball}`], copied.folder);
    return copied;
  }

  write(name: string, text: string): Promise<void> {
    return writeFile(join(this.folder, name), text);
  }

  read(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8');
  }

  async take(path: string, name: string): Promise<void> {
    await cp(join(root, path), join(this.folder, name));
  }

  /** What the compiler says of all programs in the project, and of the types of the package. */
  async typeCheck(): Promise<string> {
    const compilerOptions = {
      ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
      ...{ noEmit: true, target: 'es2023', module: 'nodenext', lib: ['es2024', 'dom', 'dom.iterable'] },
      ...{ types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
    };
    await this.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    return (await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], this.folder)).output;
  }

  run(name: string, env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
    return run(process.execPath, [name, ...args], this.folder, env);
  }

  /** Starts what runs until it is ended, at the latest after the suite. */
  start(name: string, env: NodeJS.ProcessEnv): Running {
    const child = spawn(process.execPath, [name], { cwd: this.folder, env: { ...environment, ...env } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code: code ?? 0, output })));
    onCleanup(async () => {
      child.kill();
      await ended;
    });
    return { output: () => output, ended };
  }
}
