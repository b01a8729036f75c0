import { runInstalled } from '../local/install.mjs';

await runInstalled('tools/test/main.ts');
