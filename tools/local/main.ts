/** `npm start`: Atrium on this machine, until Ctrl-C. */
import { say, summary } from './console.ts';
import { fail, liveWith } from './lifetime.ts';
import { seed } from './seed.ts';
import { readSettings } from './settings.ts';
import { Stack } from './stack.ts';

try {
  const settings = readSettings();
  const stack = new Stack(settings, say);
  await liveWith(stack, async () => {
    await stack.start();
    const demo = settings.seed && (await seed(settings, say));
    process.stdout.write(summary(settings, demo));
  });
} catch (error) {
  fail(error);
  process.exit(1);
}
