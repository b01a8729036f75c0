import { runInstalled } from '../local/install.mjs';

await runInstalled('tools/dead/main.ts');
