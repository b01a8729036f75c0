import { runInstalled } from '../local/install.mjs';

await runInstalled('tools/check/main.ts');
