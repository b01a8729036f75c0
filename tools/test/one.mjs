import { runInstalled } from '../local/install.mjs';

await runInstalled('tools/test/one.ts');
