import { join } from 'node:path';
import { screenshots } from './screenshots.ts';
import { openWindows } from './window.ts';

/**
 * Steps of one story, in order. When one fails, what every window showed is kept as a picture, and the
 * steps behind it fail at once instead of each waiting in vain.
 */
export function aStory(title: string): (name: string, step: () => Promise<void>) => void {
  let failed: string | undefined;
  return (name, step) =>
    it(name, async () => {
      if (failed) throw new Error(`not reached, because of: ${failed}`);
      try {
        await step();
      } catch (error) {
        failed = name;
        await Promise.all(
          openWindows().map((window, index) => window.page.screenshot({ path: join(screenshots, `failed-${title}-${index + 1}.png`) })),
        );
        throw error;
      }
    });
}
