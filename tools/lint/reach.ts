import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { kindOf, type Kind } from './kinds.ts';

/** Who imports this has rows in hand. */
const ROWS = /^(@mikro-orm\/|pg$)/;
const SOURCES = /\b(?:from|import)\s*\(?\s*'([^']+)'/g;

/** What plain files lead to, which does not change while a process lints. */
const known = new Map<string, ReadonlySet<Kind>>();

/**
 * The kinds that a file comes to by importing another: that file's own, or, where it is plain, those of whatever it
 * imports in turn.
 * @param from the path of the file that imports
 * @param source as it stands in the import
 */
export function kindsReached(from: string, source: string): ReadonlySet<Kind> {
  if (ROWS.test(source)) return new Set<Kind>(['data']);
  if (!source.startsWith('.')) return new Set();
  return reachOf(resolve(dirname(from), source), new Set());
}

function reachOf(file: string, onTheWay: Set<string>): ReadonlySet<Kind> {
  const kind = kindOf(file);
  if (kind !== 'plain') return new Set([kind]);
  const before = known.get(file);
  if (before) return before;
  // A circle of files is reported by a rule of its own.
  if (onTheWay.has(file) || !existsSync(file)) return new Set();
  onTheWay.add(file);
  const reached = new Set<Kind>();
  for (const [, source = ''] of readFileSync(file, 'utf8').matchAll(SOURCES)) {
    if (ROWS.test(source)) reached.add('data');
    else if (source.startsWith('.')) for (const one of reachOf(resolve(dirname(file), source), onTheWay)) reached.add(one);
  }
  known.set(file, reached);
  return reached;
}
