import { runInstalled } from './install.mjs';

await runInstalled('tools/local/dev.ts');
