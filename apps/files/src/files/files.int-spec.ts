import { fileEvents, files } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, waitFor } from '@atrium/testing';
import { Client } from 'minio';
import { anEnvironment, extracted, upload, type Environment } from '../../test/environment.ts';

function connectionOf({ s3 }: Environment) {
  const { hostname: endPoint, port } = new URL(s3.S3_ENDPOINT);
  return { endPoint, port: Number(port), accessKey: s3.S3_ACCESS_KEY, secretKey: s3.S3_SECRET_KEY };
}

describe('files of a room', () => {
  const ann = uuidv7();
  const bob = uuidv7();
  const eve = uuidv7();
  let environment: Environment;
  let roomId: string;

  beforeAll(async () => {
    environment = await anEnvironment({ FILES_MAX_BYTES: '2000000' });
    await environment.startWorker();
    roomId = environment.rooms.aRoom({ [ann]: { role: 'member' }, [bob]: { role: 'member' } });
  }, 60_000);
  afterAll(cleanUp, 30_000);

  const call = <K extends keyof typeof files>(rpc: K, input: object, actor = ann) => environment.bus.call(files[rpc], input, actor);
  const refusal = <K extends keyof typeof files>(rpc: K, input: object, actor = ann) => environment.bus.refusal(files[rpc], input, actor);

  it('go from stored to ready, and every step is told', async () => {
    const added = await environment.bus.hear(fileEvents.added);
    const statuses = await environment.bus.hear(fileEvents.statusChanged);
    const file = await upload(
      environment.bus,
      { roomId, userId: ann },
      { name: 'note.txt', bytes: 'The harbour opens at seven. Boats leave at eight.' },
    );
    expect(file).toMatchObject({ status: 'stored', contentType: 'text/plain', version: 1, uploaderId: ann });
    const ready = await extracted(environment.bus, file, ann);
    expect(ready).toMatchObject({ status: 'ready', pages: 1, chars: 49, chunks: 1 });
    await waitFor(() => statuses.find((event) => event.file.status === 'ready'));
    expect(added.map((event) => event.file.id)).toEqual([file.id]);
    expect(statuses.map((event) => event.file.status)).toContain('extracting');
    expect(await call('text', { roomId, fileId: file.id })).toEqual({
      pages: [{ page: 1, text: 'The harbour opens at seven. Boats leave at eight.' }],
      nextAfterPage: null,
    });
    const content = await call('openContent', { roomId, fileId: file.id });
    expect(await (await fetch(content.getUrl)).text()).toBe('The harbour opens at seven. Boats leave at eight.');
    expect(content.inlineType).toBe('text/plain');
  }, 60_000);

  it('can be recorded twice, and are there once', async () => {
    const opened = await call('openUpload', { roomId });
    await fetch(opened.putUrl, { method: 'PUT', body: 'twice' });
    const record = { roomId, files: [{ fileId: opened.fileId, name: 'twice.txt', size: 5, sha256: 'a'.repeat(64) }] };
    const first = await call('recordUpload', record);
    const second = await call('recordUpload', record);
    expect(second.files.map(({ id }) => id)).toEqual(first.files.map(({ id }) => id));
    const all = await call('list', { roomId });
    expect(all.items.filter((file) => file.id === opened.fileId)).toHaveLength(1);
  });

  it('are refused when they are too large, were never put, or differ from what was announced', async () => {
    const record = async (body: string | null, size: number) => {
      const opened = await call('openUpload', { roomId });
      if (body !== null) await fetch(opened.putUrl, { method: 'PUT', body });
      return refusal('recordUpload', { roomId, files: [{ fileId: opened.fileId, name: 'x', size, sha256: 'a'.repeat(64) }] });
    };
    expect(await record('x'.repeat(2_000_001), 2_000_001)).toBe('file_too_large');
    expect(await record(null, 3)).toBe('file_not_found');
    expect(await record('abc', 4)).toBe('validation_failed');
  });

  it('answer strangers like a room that does not exist, and members of public rooms by name', async () => {
    const file = await upload(environment.bus, { roomId, userId: ann }, { name: 'a.txt', bytes: 'secret words here' });
    for (const rpc of ['get', 'openContent', 'text', 'retry', 'remove', 'askHistory'] as const) {
      expect(await refusal(rpc, { roomId, fileId: file.id }, eve)).toBe('room_not_found');
    }
    expect(await refusal('list', { roomId: uuidv7() }, eve)).toBe('room_not_found');
    const open = environment.rooms.aRoom({}, { visibility: 'public' });
    expect(await refusal('list', { roomId: open }, eve)).toBe('not_a_member');
    const other = environment.rooms.aRoom({ [eve]: {} });
    expect(await refusal('get', { roomId: other, fileId: file.id }, eve)).toBe('file_not_found');
  });

  it('may be deleted by their uploader and moderators alone; then text, bytes and answers are gone', async () => {
    const file = await upload(
      environment.bus,
      { roomId, userId: ann },
      { name: 'gone.txt', bytes: 'The lighthouse keeper is called Marlow.' },
    );
    await extracted(environment.bus, file, ann);
    await call('ask', { roomId, fileId: file.id, question: 'What is the lighthouse keeper called?' });
    await call('askRoom', { roomId, question: 'What is the lighthouse keeper called?' });
    expect(await refusal('remove', { roomId, fileId: file.id }, bob)).toBe('forbidden');
    const { getUrl } = await call('openContent', { roomId, fileId: file.id });
    await call('remove', { roomId, fileId: file.id });
    expect(await refusal('get', { roomId, fileId: file.id })).toBe('file_not_found');
    expect((await call('askRoom', { roomId, question: 'What is the lighthouse keeper called?' })).status).toBe('no_evidence');
    const left = await environment.database.query<{ n: string }>(
      `select (select count(*) from files.file_pages where file_id = $1) + (select count(*) from files.file_chunks where file_id = $1)
            + (select count(*) from files.file_chats where file_id = $1 or citations::text like '%Marlow%') as n`,
      [file.id],
    );
    expect(Number(left[0]!.n)).toBe(0);
    await waitFor(async () => (await fetch(getUrl)).status === 404, { what: 'the bytes to be gone' });
  }, 60_000);

  it('whose bytes are gone say so at the first touch, and are refused alike by whatever needs them', async () => {
    const file = await upload(environment.bus, { roomId, userId: ann }, { name: 'lost.txt', bytes: 'The keeper is called Marlow.' });
    await extracted(environment.bus, file, ann);
    const one = { roomId, fileId: file.id };
    const { getUrl } = await call('openContent', one);
    const statuses = await environment.bus.hear(fileEvents.statusChanged);
    await new Client({ ...connectionOf(environment), useSSL: false }).removeObject('atrium', `rooms/${roomId}/${file.id}`);
    expect((await fetch(getUrl)).status).toBe(404);
    expect([await refusal('openContent', one), await refusal('openContent', one)]).toEqual(['file_not_found', 'file_not_found']);
    expect(await call('get', one)).toMatchObject({ status: 'failed', statusReason: expect.stringContaining('is gone') as string });
    await waitFor(() => statuses.find((event) => event.file.id === file.id && event.file.status === 'failed'));
    expect(await refusal('text', one)).toBe('file_not_ready');
    expect(await refusal('ask', { ...one, question: 'What is the keeper called?' })).toBe('file_not_ready');
  }, 60_000);

  it('older than the member are hidden where the room says so', async () => {
    const since = environment.rooms.aRoom({ [ann]: { role: 'host' } }, { historyVisibility: 'since_join' });
    const old = await upload(environment.bus, { roomId: since, userId: ann }, { name: 'old.txt', bytes: 'The old code word is walnut.' });
    await extracted(environment.bus, old, ann);
    environment.rooms.setMember(since, bob, { joinedAt: new Date(Date.now() + 1) });
    expect((await call('list', { roomId: since }, bob)).items).toEqual([]);
    expect(await refusal('get', { roomId: since, fileId: old.id }, bob)).toBe('file_not_found');
    expect(await refusal('askRoom', { roomId: since, question: 'What is the old code word?' }, bob)).toBe('file_not_ready');
    expect((await call('list', { roomId: since }, ann)).items).toHaveLength(1);
  }, 60_000);

  it('of an archived room can be read and taken back by whoever may delete them, and not extracted again', async () => {
    const old = environment.rooms.aRoom({ [ann]: {} });
    const file = await upload(environment.bus, { roomId: old, userId: ann }, { name: 'x.bin', bytes: Buffer.from([0, 1, 2, 3]) });
    await extracted(environment.bus, file, ann);
    const archivedAt = new Date().toISOString();
    environment.rooms.archive(old, archivedAt);
    const version = (environment.rooms.version += 1);
    const archived = await environment.rooms.facts.tell('roomArchived', {
      roomId: old,
      version,
      at: archivedAt,
      actorId: null,
      archivedAt,
    });
    await call('settle', { facts: [archived] });
    expect(await refusal('openUpload', { roomId: old })).toBe('room_archived');
    expect(await refusal('retry', { roomId: old, fileId: file.id })).toBe('room_archived');
    expect((await call('get', { roomId: old, fileId: file.id })).status).toBe('unsupported');
    await call('remove', { roomId: old, fileId: file.id });
    expect(await refusal('get', { roomId: old, fileId: file.id })).toBe('file_not_found');
  }, 30_000);

  it('say why they cannot be read, and can be tried again', async () => {
    const image = Buffer.from(
      '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000100ffff03000006000557bfabd40000000049454e44ae426082',
      'hex',
    );
    const file = await upload(environment.bus, { roomId, userId: ann }, { name: 'report.pdf', bytes: image });
    expect(file.contentType).toBe('image/png');
    const done = await extracted(environment.bus, file, ann);
    expect(done.status).toBe('no_text');
    expect(done.statusReason).toContain('picture');
    expect(await refusal('ask', { roomId, fileId: file.id, question: 'What is it?' })).toBe('file_not_ready');
    expect(await refusal('retry', { roomId, fileId: file.id }, bob)).toBe('forbidden');
    const retried = await call('retry', { roomId, fileId: file.id });
    expect(retried.file).toMatchObject({ version: 2, status: 'stored' });
    expect((await extracted(environment.bus, file, ann)).version).toBe(2);
  }, 60_000);
});
