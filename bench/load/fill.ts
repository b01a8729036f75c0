import type { AtriumTarget } from './atrium-target.ts';

/** Says so many things in a room, sixteen on their way at a time. */
export async function fill(atrium: AtriumTarget, room: number, messages: number, bodyOf: (index: number) => string): Promise<void> {
  await atrium.prepare(1, room + 1);
  let acked = 0;
  let done = () => {};
  const filled = new Promise<void>((resolve) => (done = resolve));
  const seat = await atrium.sit(0, room, {
    acked: () => {
      acked++;
      if (acked + 16 <= messages) seat.send(acked + 16, bodyOf(acked + 16));
      else if (acked >= messages) done();
    },
    refused: (code) => process.stderr.write(`refused while filling: ${code}\n`),
    delivered: () => undefined,
  });
  for (let i = 1; i <= 16; i++) seat.send(i, bodyOf(i));
  await filled;
  seat.close();
}
