import { files, type FileRecord } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp } from '@atrium/testing';
import { anEnvironment, extracted, upload, type Environment } from '../../test/environment.ts';

describe('files of the same name', () => {
  const [ann, ben, cleo] = [uuidv7(), uuidv7(), uuidv7()];
  let environment: Environment;
  let roomId: string;
  let old: FileRecord;
  let middle: FileRecord;
  let newest: FileRecord;
  const put = async (name: string, bytes: string, userId = ann) =>
    extracted(environment.bus, await upload(environment.bus, { roomId, userId }, { name, bytes }), userId);

  beforeAll(async () => {
    environment = await anEnvironment();
    await environment.startWorker();
    roomId = environment.rooms.aRoom({ [ann]: {}, [ben]: {} }, { historyVisibility: 'since_join' });
    old = await put('Rota.txt', 'The keeper of the lighthouse is Ingrid Lund.');
    middle = await put('rota.txt', 'The keeper of the lighthouse is Pavel Novak.', ben);
    environment.rooms.setMember(roomId, cleo, { joinedAt: new Date() });
    newest = await put('ROTA.txt', 'The keeper of the lighthouse is Amara Obi.');
    await put('other.txt', 'The boat is called Brise.');
  }, 90_000);
  afterAll(cleanUp, 30_000);

  const get = (file: FileRecord, userId = ann) => environment.bus.call(files.get, { roomId, fileId: file.id }, userId);
  const versionsOf = async (file: FileRecord, userId = ann, page = {}) =>
    environment.bus.call(files.versions, { roomId, fileId: file.id, ...page }, userId);
  const ids = ({ items }: { items: FileRecord[] }) => items.map(({ id }) => id);
  const ask = (question: string, fileIds?: string[]) => environment.bus.call(files.askRoom, { roomId, question, fileIds }, ann);
  const find = async (word: string) => {
    const asked = { words: [word], phrases: [], has: [], mentionsMe: false, sort: 'relevance' as const, limit: 20, roomIds: [roomId] };
    const { items } = await environment.bus.call(files.search, { ...asked, asOf: new Date().toISOString() }, ann);
    return items.map(({ hit }) => hit.file.id);
  };

  it('are versions of each other, in the order in which they came, and keep their own addresses', async () => {
    expect(await get(old)).toMatchObject({ revision: 1, newestId: newest.id, status: 'ready' });
    expect(await get(middle)).toMatchObject({ revision: 2, newestId: newest.id });
    const last = await get(newest);
    expect([last.revision, last.newestId]).toEqual([3, undefined]);
    expect(ids(await versionsOf(middle))).toEqual([newest.id, middle.id, old.id]);
  });

  it('are listed page by page, and all of a room or the newest of each name', async () => {
    const first = await versionsOf(old, ann, { limit: 2 });
    expect(ids(first)).toEqual([newest.id, middle.id]);
    const rest = await versionsOf(old, ann, { limit: 2, cursor: first.nextCursor! });
    expect([ids(rest), rest.nextCursor]).toEqual([[old.id], null]);
    const names = async (versions?: 'newest') =>
      (await environment.bus.call(files.list, { roomId, versions }, ann)).items.map(({ name }) => name);
    expect(await names()).toEqual(['other.txt', 'ROTA.txt', 'rota.txt', 'Rota.txt']);
    expect(await names('newest')).toEqual(['other.txt', 'ROTA.txt']);
  });

  it('are answered from in their newest, unless an older one is asked', async () => {
    const question = 'Who is the keeper of the lighthouse?';
    expect((await ask(question)).citations.map(({ fileId }) => fileId)).toEqual([newest.id]);
    expect((await ask(question, [old.id])).citations.map(({ fileId }) => fileId)).toEqual([old.id]);
    const alone = await environment.bus.call(files.ask, { roomId, fileId: middle.id, question }, ann);
    expect(alone.answer).toContain('Pavel Novak');
  });

  it('are found in their newest', async () => {
    expect([await find('keeper'), await find('rota'), await find('ingrid')]).toEqual([[newest.id], [newest.id], []]);
  });

  it('are those that one may see, and of nobody else’s draft', async () => {
    expect(ids(await versionsOf(newest, cleo))).toEqual([newest.id]);
    expect((await get(newest, cleo)).revision).toBe(1);
    expect(await environment.bus.refusal(files.versions, { roomId, fileId: old.id }, cleo)).toBe('file_not_found');
    expect(await environment.bus.refusal(files.versions, { roomId, fileId: old.id }, uuidv7())).toBe('room_not_found');
    await environment.database.query('update files.files set draft = true where id = $1', [newest.id]);
    expect([(await get(old)).newestId, (await get(old, ben)).newestId]).toEqual([middle.id, middle.id]);
    expect(ids(await versionsOf(old, ben))).toEqual([middle.id, old.id]);
    await environment.database.query('update files.files set draft = false where id = $1', [newest.id]);
  });

  it('leave their place to the one before when the newest is deleted, and keep their numbers', async () => {
    await environment.bus.call(files.remove, { roomId, fileId: middle.id }, ben);
    expect((await get(newest)).revision).toBe(3);
    await environment.bus.call(files.remove, { roomId, fileId: newest.id }, ann);
    expect((await get(old)).newestId).toBeUndefined();
    expect((await ask('Who keeps the lighthouse?')).answer).toContain('Ingrid Lund');
  });

  it('refuses a cursor that it did not give out', async () => {
    const wanted = { roomId, fileId: old.id, cursor: 'nonsense' };
    expect(await environment.bus.refusal(files.versions, wanted, ann)).toBe('validation_failed');
  });
});
