import { runInstalled } from '../local/install.mjs';

await runInstalled('tools/backup/restore-main.ts');
