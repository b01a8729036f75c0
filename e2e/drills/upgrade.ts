import { say } from '../../tools/local/console.ts';
import { servicesOf } from '../../tools/local/services.ts';
import type { DrillSystem } from './system.ts';

/** One process after the other, each when the one before it is ready: there is always another of its kind. */
export async function upgradeServices(system: DrillSystem): Promise<void> {
  const began = Date.now();
  for (const { name } of servicesOf(system.stack.settings.instances)) {
    await system.stack.upgrade(name);
    say(`${name} runs what is here, ${Math.round((Date.now() - began) / 1000)} s after the first was ended`);
  }
}
