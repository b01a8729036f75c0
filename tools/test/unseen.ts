import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../local/paths.ts';

const notes = join(root, 'e2e/coverage/documented');
const list = join(root, 'e2e/coverage/never-seen.txt');

/** What every spec notes: what the documents of the public interface tell, and what of it was answered or sent. */
type Note = { told: string[]; seen: string[] };

/** Forgets what earlier runs have seen. */
export function forgetSeen(): void {
  rmSync(notes, { recursive: true, force: true });
  mkdirSync(notes, { recursive: true });
}

/** Lists what is documented and nothing in this run has shown: it wants a test, or is not there any more. */
export function listUnseen(report: (line: string) => void): void {
  const told = new Set<string>();
  const seen = new Set<string>();
  for (const file of readdirSync(notes)) {
    const note = JSON.parse(readFileSync(join(notes, file), 'utf8')) as Note;
    for (const place of note.told) told.add(place);
    for (const place of note.seen) seen.add(place);
  }
  const unseen = [...told].filter((place) => !seen.has(place)).sort();
  writeFileSync(list, unseen.map((place) => `${place}\n`).join(''));
  report(`${told.size - unseen.length} of ${told.size} documented fields, cases and codes were seen; the others: ${relative(root, list)}`);
}
