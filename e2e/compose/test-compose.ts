import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { say } from '../../tools/local/console.ts';
import { root } from '../../tools/local/paths.ts';
import { Refusal } from '../../tools/local/refusal.ts';
import { Composed } from './composed.ts';
import { Engine } from './engine.ts';
import { PARTS } from './parts.ts';
import { Tally } from './tally.ts';

function readOptions(args: string[]): { folder: string; parts: string[] } {
  const options = { only: { type: 'string' }, folder: { type: 'string', default: join(root, '.local', 'compose') } } as const;
  const { values } = parseArgs({ args, options });
  const parts = values.only?.split(',') ?? Object.keys(PARTS);
  for (const part of parts)
    if (!(part in PARTS))
      throw new Refusal(`There is no part "${part}": write some of ${Object.keys(PARTS).join(', ')}, joined by commas.`);
  return { folder: values.folder, parts };
}

/** @returns the exit code */
export async function testCompose(args: string[]): Promise<number> {
  const { folder, parts } = readOptions(args);
  const engine = await Engine.in(folder, say);
  const tally = new Tally();
  let composed: Composed | undefined;
  const end = async () => {
    try {
      await composed?.down('--volumes');
    } finally {
      await engine.stop();
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => void end().finally(() => process.exit(130)));
  try {
    await engine.start();
    composed = await Composed.on(engine);
    for (const part of parts) {
      // What the part before it, or a run that was cut off, left behind.
      await composed.down('--volumes');
      say(part);
      await PARTS[part]!({ engine, composed, tally });
    }
  } finally {
    await end();
  }
  tally.print(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed > 0 ? 1 : 0;
}
