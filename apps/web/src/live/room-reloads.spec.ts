import type { Room } from '@atrium/contracts';
import { RoomReloads } from './room-reloads.ts';

describe('reading a room again', () => {
  const answers: ((room: Room | undefined) => void)[] = [];
  const taken: Room[] = [];
  let isNewEnough = true;
  const reloads = new RoomReloads({
    fetch: () => new Promise((resolve) => answers.push(resolve)),
    take: (room) => {
      taken.push(room);
      return isNewEnough;
    },
    pause: () => Promise.resolve(),
  });
  const room = (name: string) => ({ id: 'r', name }) as Room;
  const answered = (count: number) => async () => {
    while (answers.length < count) await Promise.resolve();
    return answers[count - 1]!;
  };

  beforeEach(() => {
    answers.length = 0;
    taken.length = 0;
    isNewEnough = true;
  });

  it('asks once more for a room that changed while the answer was on its way', async () => {
    const done = reloads.ask('r');
    void reloads.ask('r');
    void reloads.ask('r');
    (await answered(1)())(room('before'));
    (await answered(2)())(room('after'));
    await done;
    expect(taken.map(({ name }) => name)).toEqual(['before', 'after']);
  });

  it('asks once more when the answer is older than what the log told', async () => {
    isNewEnough = false;
    const done = reloads.ask('r');
    (await answered(1)())(room('old'));
    const next = await answered(2)();
    isNewEnough = true;
    next(room('new'));
    await done;
    expect(answers).toHaveLength(2);
  });

  it('gives up on a room that cannot be read, and asks again when it is asked again', async () => {
    const done = reloads.ask('r');
    (await answered(1)())(undefined);
    await done;
    const later = reloads.ask('r');
    (await answered(2)())(room('back'));
    await later;
    expect(taken).toHaveLength(1);
  });
});
