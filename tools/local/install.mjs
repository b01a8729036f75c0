/**
 * Makes node_modules what package-lock.json says, with whatever Node and npm the machine has. Plain
 * JavaScript without imports from node_modules: it runs before there are any.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const ourNode = join(root, 'node_modules/.bin/node');

const readLock = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/** Whether npm's own record of what it installed holds everything that the lock file wants. */
export function isInstalled(folder) {
  const [wanted, record] = ['package-lock.json', 'node_modules/.package-lock.json'].map((name) => join(folder, name));
  if (!existsSync(record)) return false;
  if (!existsSync(wanted)) return true;
  const installed = readLock(record);
  return Object.entries(readLock(wanted)).every(([path, { version, link, optional, peer }]) => {
    if (path === '' || link || !path.startsWith('node_modules/')) return true;
    // What is optional may be for another system.
    return installed[path] ? installed[path].version === version : Boolean(optional || peer);
  });
}

function npm(args) {
  // Under `npm start` this is the npm that runs us, which need not be the first on PATH.
  const cli = process.env.npm_execpath;
  const [command, prefix] = cli?.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []];
  return new Promise((done) => {
    const child = spawn(command, [...prefix, ...args], { cwd: root, stdio: 'inherit' });
    child.once('error', () => done(127));
    child.once('exit', (code) => done(code ?? 1));
  });
}

const quietly = ['--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error'];

/** `npm ci`; where that will not (no lock file, or one that this npm cannot follow), what the lock file says as far as it goes. */
async function installWithNpm() {
  if (existsSync(join(root, 'package-lock.json')) && (await npm(['ci', ...quietly])) === 0) return 0;
  return npm(['install', '--no-save', ...quietly]);
}

async function install() {
  const began = Date.now();
  const elapsed = () => `${Math.round((Date.now() - began) / 1000)} s`;
  console.log('Installing dependencies; the first time takes a minute or two');
  const beat = setInterval(() => console.log(`  still installing, ${elapsed()}`), 15_000);
  const code = await installWithNpm();
  clearInterval(beat);
  if (code !== 0) {
    console.error(`npm could not install the dependencies (exit code ${code}); what it said stands above.`);
    process.exit(1);
  }
  console.log(`  installed in ${elapsed()}`);
}

/** Our Node comes as a package whose install script puts it in place; npm may have been told to run none. */
function ensureNode() {
  if (spawnSync(ourNode, ['--version']).status === 0) return;
  spawnSync(process.execPath, ['installArchSpecificPackage.js'], { cwd: join(root, 'node_modules/node'), stdio: 'inherit' });
  if (spawnSync(ourNode, ['--version']).status === 0) return;
  console.error('The Node.js that Atrium runs on (package "node") could not be put in place.');
  process.exit(1);
}

/** A signal for npm ends the shell between npm and us, and that shell passes nothing on. */
function whenOrphaned(stop) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 500);
}

/** Installs what is missing, then runs a TypeScript program on our Node and ends as it ends. */
export async function runInstalled(program, args = process.argv.slice(2)) {
  if (!isInstalled(root)) await install();
  ensureNode();
  const child = spawn(ourNode, ['--disable-warning=ExperimentalWarning', join(root, program), ...args], {
    // The channel tells the program when we are gone, however that came about.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
  });
  // Ctrl-C reaches the program by itself; a signal for us alone is passed on.
  process.on('SIGINT', () => undefined);
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  if (process.env.npm_lifecycle_event) whenOrphaned(() => child.kill('SIGTERM'));
  child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
