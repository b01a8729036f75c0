import { runInstalled } from '../local/install.mjs';

await runInstalled('tools/audit/main.ts');
