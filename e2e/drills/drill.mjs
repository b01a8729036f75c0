import { runInstalled } from '../../tools/local/install.mjs';

await runInstalled('e2e/drills/main.ts');
