import { runInstalled } from '../../tools/local/install.mjs';

await runInstalled('e2e/compose/main.ts');
