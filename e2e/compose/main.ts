/** `npm run test:compose`: runs docker-compose.yml on an engine of its own and checks what it promises. */
import '../../tools/gen/source-loader.ts';
import { program } from '../../tools/local/lifetime.ts';

await program(async () => {
  const { testCompose } = await import('./test-compose.ts');
  process.exitCode = await testCompose(process.argv.slice(2));
});
