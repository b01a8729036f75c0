/**
 * Lays out what each image holds, from a built repository: `node assemble.ts <folder> <bill of materials of npm>`.
 *   shared/node_modules               packages that every app loads
 *   <app>/dependencies/node_modules   those that it loads besides
 *   <app>/code                        the app, the libs that it loads, and the bill of materials of its image
 * Each is a layer: what changes least comes first. All times are one, so that the same content is the same layer.
 */
import { cpSync, existsSync, lutimesSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { billOf, type Bill } from './bill.ts';
import { closureOf, codeIn, namedIn, readLock } from './packages.ts';

const root = resolve(import.meta.dirname, '../..');
/** What packages bring along and nobody who runs them reads. */
const notForRunning = /\.(d\.[cm]?ts|map|tsbuildinfo)$/;

interface Part {
  app: string;
  libs: string[];
  packages: Set<string>;
}

const libsOf = (code: string) =>
  namedIn(code, [...readdirSync(join(root, 'libs')).map((lib) => `@atrium/${lib}`)]).map((name) => basename(name));

/** An app, the libs that it loads and those that these load, and the packages of all of them. */
function partOf(app: string, installed: readonly string[]): Part {
  const texts = new Map([[`apps/${app}`, codeIn(join(root, `apps/${app}/dist`))]]);
  for (const text of texts.values())
    for (const lib of libsOf(text)) if (!texts.has(`libs/${lib}`)) texts.set(`libs/${lib}`, codeIn(join(root, `libs/${lib}/dist`)));
  const libs = [...texts.keys()].filter((folder) => folder.startsWith('libs/')).map((folder) => basename(folder));
  return { app, libs: libs.sort(), packages: closureOf(root, namedIn([...texts.values()].join('\n'), installed)) };
}

/** As `name@version`. */
function shippedWith({ libs, packages }: Part): Set<string> {
  const lock = readLock(root);
  const paths = [...packages, ...libs.map((lib) => `libs/${lib}`)];
  return new Set(paths.map((path) => `${path.split('node_modules/').at(-1)?.replace(/^libs/, '@atrium')}@${lock[path]?.version}`));
}

function copyPackages(packages: Iterable<string>, to: string): void {
  for (const path of packages) {
    const filter = (source: string) => !notForRunning.test(source) && !(source !== join(root, path) && basename(source) === 'node_modules');
    cpSync(join(root, path), join(to, path), { recursive: true, filter, verbatimSymlinks: true });
  }
}

function copyCode({ app, libs }: Part, to: string): void {
  cpSync(join(root, 'package.json'), join(to, 'package.json'));
  for (const lib of libs) {
    for (const part of ['package.json', 'dist']) cpSync(join(root, 'libs', lib, part), join(to, 'libs', lib, part), { recursive: true });
    const link = join(to, 'node_modules/@atrium', lib);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(`../../libs/${lib}`, link);
  }
  // The page is files that the gateway serves.
  for (const built of app === 'gateway' ? [app, 'web'] : [app])
    cpSync(join(root, `apps/${built}/dist`), join(to, `apps/${built}/dist`), { recursive: true });
}

function settleTimes(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) settleTimes(join(folder, entry.name));
    lutimesSync(join(folder, entry.name), 0, 0);
  }
}

export function assemble(to: string, bill: Bill): void {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  const apps = readdirSync(join(root, 'apps')).filter((app) => existsSync(join(root, `apps/${app}/dist/src/main.js`)));
  const parts = apps.map((app) => partOf(app, Object.keys(dependencies)));
  const shared = new Set([...parts[0]!.packages].filter((path) => parts.every(({ packages }) => packages.has(path))));
  copyPackages(shared, join(to, 'shared'));
  for (const part of parts) {
    const folder = join(to, part.app);
    mkdirSync(join(folder, 'dependencies/node_modules'), { recursive: true });
    copyPackages(
      [...part.packages].filter((path) => !shared.has(path)),
      join(folder, 'dependencies'),
    );
    copyCode(part, join(folder, 'code'));
    writeFileSync(join(folder, 'code/sbom.cdx.json'), `${JSON.stringify(billOf(bill, part.app, shippedWith(part)), null, 2)}\n`);
  }
  settleTimes(to);
}

if (import.meta.main) {
  const [to, bill] = process.argv.slice(2);
  if (!to || !bill) throw new Error('a folder to write to, and the file that npm sbom wrote');
  assemble(to, JSON.parse(readFileSync(bill, 'utf8')) as Bill);
}
