import { findChromium } from '../../tools/test/chromium.ts';
import type { AtriumTarget } from '../load/atrium-target.ts';
import { fill } from '../load/fill.ts';
import { page, type PageFigure } from './page.ts';

/** Somebody in two rooms, of a few messages and of thousands, as people write them: short, long, with lists and code. */
export async function readersPage(atrium: AtriumTarget, { url, room }: { url: string; room: number }): Promise<PageFigure[]> {
  const [small, large, reader] = [room, room + 1, 1];
  await atrium.prepare(2, large + 1);
  const bodies = [
    'Yes.',
    'Can somebody look at the **build** of yesterday? It took twice as long as the day before.',
    'Three things are left:\n\n- the notes of the release\n- the pictures\n- a word to `@everyone` who asked',
    'I read it twice and think that it is right. '.repeat(8),
    '```ts\nexport const answer = (question: string) => question.length;\n```',
  ];
  await fill(atrium, small, 40, (index) => bodies[index % bodies.length]!);
  await fill(atrium, large, 2_500, (index) => `${index}. ${bodies[index % bodies.length]!}`);
  let acked = () => {};
  const seat = await atrium.sit(0, small, {
    acked: () => acked(),
    refused: (code) => process.stderr.write(`refused: ${code}\n`),
    delivered: () => undefined,
  });
  const say = (body: string) =>
    new Promise<void>((resolve) => {
      acked = resolve;
      seat.send(1, body);
    });
  const report = (line: string) => process.stderr.write(`${line}\n`);
  const figures = await page({
    url,
    chromiumPath: await findChromium(report),
    person: atrium.credentialsOf(reader),
    smallRoomId: (await atrium.placeOf(reader, small)).roomId,
    largeRoomId: (await atrium.placeOf(reader, large)).roomId,
    say,
  });
  seat.close();
  return figures;
}
