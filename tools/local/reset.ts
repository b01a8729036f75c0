/** `npm run reset`: forgets everything that a stack on this data folder has stored. */
import { rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { program } from './lifetime.ts';
import { takeLock } from './lock.ts';
import { storedPaths } from './paths.ts';
import { readSettings } from './settings.ts';
import { endLeftovers } from './stack-file.ts';

await program(async () => {
  const { paths } = readSettings();
  // Refuses while a stack runs, and keeps one from starting meanwhile.
  const release = takeLock(paths.lock);
  await endLeftovers(paths.stack);
  for (const path of await storedPaths(paths.data)) await rm(path, { recursive: true, force: true });
  release();
  process.stdout.write(`The data in ${relative(process.cwd(), paths.data) || '.'} is gone; the next npm start begins anew.\n`);
});
