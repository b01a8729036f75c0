import { files } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp } from '@atrium/testing';
import { anEnvironment, upload, type Environment } from '../../test/environment.ts';

describe('what somebody uploaded and asked', () => {
  const ann = uuidv7();
  const bob = uuidv7();
  let environment: Environment;
  let roomId: string;

  beforeAll(async () => {
    environment = await anEnvironment();
    roomId = environment.rooms.aRoom({ [ann]: {}, [bob]: {} });
    for (const name of ['one.txt', 'two.txt', 'three.txt'])
      await upload(environment.bus, { roomId, userId: ann }, { name, bytes: Buffer.from(name) });
    await upload(environment.bus, { roomId, userId: bob }, { name: 'of-bob.txt', bytes: Buffer.from('bob') });
    const insert = 'insert into files.file_chats (id, room_id, user_id, question, reservation_key, created_at, claimed_at';
    const values = (userId: string, question: string) =>
      `values ('${uuidv7()}', '${roomId}', '${userId}', '${question}', '${uuidv7()}', now(), now()`;
    const answer = ', status, confidence, query_used, answer, citations, cost, credits_left, answered_at';
    for (const [userId, question] of [
      [ann, 'How tall?'],
      [bob, 'How old?'],
    ] as const)
      await environment.database.query(
        `${insert}${answer}) ${values(userId, question)}, 'no_evidence', 0, 'q', 'Nothing.', '[]', 0, 5, now())`,
      );
    await environment.database.query(`${insert}) ${values(ann, 'Not answered yet?')})`);
  }, 60_000);
  afterAll(cleanUp, 30_000);

  it('is given to them alone, page by page, oldest first', async () => {
    const first = await environment.bus.call(files.uploaded, { limit: 2 }, ann);
    const second = await environment.bus.call(files.uploaded, { limit: 2, cursor: first.nextCursor! }, ann);
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['one.txt', 'two.txt', 'three.txt']);
    expect(second.nextCursor).toBeNull();
    const { items } = await environment.bus.call(files.asked, {}, ann);
    expect(items.map(({ question }) => question)).toEqual(['How tall?']);
  });

  it('leaves out a file that was deleted', async () => {
    const [last] = (await environment.bus.call(files.uploaded, {}, bob)).items;
    await environment.bus.call(files.remove, { roomId, fileId: last!.id }, bob);
    expect((await environment.bus.call(files.uploaded, {}, bob)).items).toEqual([]);
  });

  it('is not given after a cursor that it did not give out, nor to nobody', async () => {
    for (const list of [files.uploaded, files.asked]) {
      expect(await environment.bus.refusal(list, { cursor: 'nonsense' }, ann)).toBe('validation_failed');
      expect(await environment.bus.refusal(list, {})).toBe('unauthenticated');
    }
  });
});
