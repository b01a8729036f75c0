import { runInstalled } from '../local/install.mjs';

await runInstalled('tools/backup/backup-main.ts');
