/** `npm run backup -- <folder>`: the database and the objects of a living system, as they were at one moment. */
import { parseArgs } from 'node:util';
import { findSystem } from '../check/system.ts';
import { say } from '../local/console.ts';
import { program } from '../local/lifetime.ts';
import { readSettings } from '../local/settings.ts';
import { makeBackup } from './backup.ts';
import { backupFolder } from './layout.ts';

await program(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const folder = positionals[0] ?? backupFolder(readSettings().paths.data, new Date());
  const { objects, missing } = await makeBackup(findSystem(), folder, say);
  process.stdout.write(`\nThe backup is in ${folder}, with ${objects} objects. Keep it where this machine cannot take it along.\n`);
  if (missing.length === 0) return;
  process.stdout.write(`${missing.length} files have no object in the store, and so none here: ${missing.slice(0, 20).join(', ')}\n`);
  process.exitCode = 1;
});
