import { files, type InputOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp } from '@atrium/testing';
import { anEnvironment, extracted, upload, type Environment } from '../../test/environment.ts';

describe('searching files', () => {
  const [ann, bob, eve] = [uuidv7(), uuidv7(), uuidv7()];
  let environment: Environment;
  let roomId: string;

  beforeAll(async () => {
    environment = await anEnvironment();
    await environment.startWorker();
  }, 60_000);
  beforeEach(() => {
    roomId = environment.rooms.aRoom({ [ann]: {}, [bob]: {} });
  });
  afterAll(cleanUp, 30_000);

  const ask = (words: string[], asked: Partial<InputOf<typeof files.search>> = {}): InputOf<typeof files.search> => ({
    words,
    phrases: [],
    has: [],
    mentionsMe: false,
    sort: 'relevance',
    asOf: new Date().toISOString(),
    limit: 20,
    roomIds: [roomId],
    ...asked,
  });
  const search = async (words: string[], asked: Partial<InputOf<typeof files.search>> = {}, actor = bob) =>
    (await environment.bus.call(files.search, ask(words, asked), actor)).items.map(({ hit }) => hit);
  const add = async (name: string, bytes: string) =>
    extracted(environment.bus, await upload(environment.bus, { roomId, userId: ann }, { name, bytes }), ann);

  it('finds what a page says, with the page, the passage and its place', async () => {
    const before = 'A line about nothing at all. '.repeat(40);
    const file = await add('minutes.txt', `${before}The 😀 budget was approved in Zürich. ${before}`);
    const [hit] = await search(['zurich', 'budg']);
    expect(hit).toMatchObject({ kind: 'file', roomId, page: 1, file: { id: file.id, name: 'minutes.txt' } });
    const { pages } = await environment.bus.call(files.text, { roomId, fileId: file.id }, bob);
    const { passage, highlights } = hit!;
    const piece = [...pages[0]!.text].slice(passage!.start, passage!.end).join('');
    expect(highlights[0]!.text).toBe(`…${piece}…`);
    const marked = highlights[0]!.ranges.map(({ start, end }) => [...highlights[0]!.text].slice(start, end).join(''));
    expect(marked).toEqual(['budg', 'Zürich']);
  }, 60_000);

  it.each([
    ['a part of a word', ['gra'], 'the upgrade is done'],
    ['two characters of Chinese', ['会议'], '今天的会议记录在这里'],
    ['one letter wrong', ['quartely'], 'the quarterly numbers are in'],
  ])(
    'finds a page by %s',
    async (_what, words, text) => {
      const file = await add('a.txt', text);
      await add('b.txt', 'nothing of the kind here');
      expect((await search(words)).map((hit) => hit.file.id)).toEqual([file.id]);
    },
    60_000,
  );

  it('finds a file by its name, before and without any text', async () => {
    const file = await upload(environment.bus, { roomId, userId: ann }, { name: 'Übersicht 2026.bin', bytes: Buffer.from([0, 1, 2, 255]) });
    const [hit] = await search(['ubersicht']);
    expect(hit).toMatchObject({ file: { id: file.id }, highlights: [{ text: 'Übersicht 2026.bin', ranges: [{ start: 0, end: 9 }] }] });
    expect(hit).not.toHaveProperty('page');
    expect(await search([], { authorIds: [ann] })).toHaveLength(1);
    expect(await search([], { authorIds: [bob] })).toEqual([]);
    expect(await search(['ubersicht'], { has: ['image'] })).toEqual([]);
    expect(await search(['ubersicht'], { has: ['pin'] })).toEqual([]);
  }, 60_000);

  it('finds nothing for who is not in the room, and nothing in a file that was deleted', async () => {
    const file = await add('plan.txt', 'the secret plan of the harbour');
    expect(await environment.bus.refusal(files.search, ask(['harbour']), eve)).toBe('room_not_found');
    expect(await search(['harbour'], { roomIds: undefined }, eve)).toEqual([]);
    expect(await search(['harbour'])).toHaveLength(1);
    await environment.bus.call(files.remove, { roomId, fileId: file.id }, ann);
    expect(await search(['harbour'])).toEqual([]);
    expect(await environment.database.query('select 1 from files.file_search where file_id = $1', [file.id])).toEqual([]);
  }, 60_000);

  it('finds nothing that is attached to a message which was not sent', async () => {
    const file = await add('draft.txt', 'the harbour in a draft');
    expect(await search(['harbour'])).toHaveLength(1);
    await environment.database.query('update files.files set draft = true where id = $1', [file.id]);
    expect(await search(['harbour'])).toEqual([]);
  }, 60_000);

  it('finds nothing from before somebody came where the past is hidden', async () => {
    roomId = environment.rooms.aRoom({ [ann]: {} }, { historyVisibility: 'since_join' });
    await add('old.txt', 'the old harbour');
    environment.rooms.setMember(roomId, bob, { joinedAt: new Date() });
    const young = await add('new.txt', 'the new harbour');
    expect((await search(['harbour'])).map((hit) => hit.file.id)).toEqual([young.id]);
    expect(await search(['harbour'], {}, ann)).toHaveLength(2);
  }, 60_000);
});
