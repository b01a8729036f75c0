/** `npm run restore -- <folder>`: makes a system what a backup says, and every client load its rooms anew. */
import '../gen/source-loader.ts';
import { program } from '../local/lifetime.ts';

await program(async () => {
  const { restoreFrom } = await import('./restore-command.ts');
  process.exitCode = await restoreFrom(process.argv.slice(2));
});
