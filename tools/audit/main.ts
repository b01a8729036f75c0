/** `npm run audit:verify`: whether the audit logs of a living system are what was written. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findDatabase } from '../check/system.ts';
import { program } from '../local/lifetime.ts';
import { readSettings } from '../local/settings.ts';
import { verifyAudit } from './verify.ts';

await program(async () => {
  const { values } = parseArgs({ options: { heads: { type: 'string' }, accept: { type: 'boolean', default: false } } });
  const heads = values.heads ?? join(readSettings().paths.data, 'audit-heads.json');
  const { lines, findings } = await verifyAudit(findDatabase(), { heads, accept: values.accept });
  for (const line of lines) process.stdout.write(`${line}\n`);
  if (findings > 0) process.exitCode = 1;
});
