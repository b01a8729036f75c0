import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Lock {
  packages: Record<string, { version?: string; dev?: boolean }>;
}

type Manifest = Partial<Record<'dependencies' | 'optionalDependencies' | 'peerDependencies', Record<string, string>>>;

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

export const readLock = (root: string): Lock['packages'] => readJson<Lock>(join(root, 'package-lock.json')).packages;

/** All that compiled code says, without its source maps. */
export function codeIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const scripts = files.filter((entry) => entry.isFile() && entry.name.endsWith('.js'));
  return scripts.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
}

/** Those of the names that code loads, however: by `import`, `require` or `resolve`, whole or a file of it. */
export function namedIn(code: string, names: readonly string[]): string[] {
  return names.filter((name) => [`'${name}'`, `'${name}/`, `"${name}"`, `"${name}/`].some((literal) => code.includes(literal)));
}

/** Where Node finds a package that is loaded from a folder. */
function resolvePackage(root: string, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name);
    if (existsSync(join(root, path, 'package.json'))) return path;
    if (folder === '.') return undefined;
  }
}

/** The folders of these packages and of all that they need, as installed; of what only development needs, nothing. */
export function closureOf(root: string, names: readonly string[]): Set<string> {
  const packages = readLock(root);
  const found = new Set<string>();
  const add = (from: string, name: string) => {
    const path = resolvePackage(root, from, name);
    if (path === undefined || found.has(path) || packages[join(path)]?.dev) return;
    found.add(path);
    const manifest = readJson<Manifest>(join(root, path, 'package.json'));
    for (const needed of [manifest.dependencies, manifest.optionalDependencies, manifest.peerDependencies])
      for (const next of Object.keys(needed ?? {})) add(path, next);
  };
  for (const name of names) add('.', name);
  return found;
}
