/** `npm run drill`: breaks a system of its own under load, again and again, and checks what it promised. */
import '../../tools/gen/source-loader.ts';
import { program } from '../../tools/local/lifetime.ts';

await program(async () => {
  const { drill } = await import('./drill.ts');
  process.exitCode = await drill(process.argv.slice(2));
});
