import { files, type FileRecord, type ResumableUpload } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, waitFor } from '@atrium/testing';
import { Client } from 'minio';
import { createHash, randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { anEnvironment, extracted, type Environment } from '../../test/environment.ts';
import { Sweeper } from '../jobs/sweeper.ts';
import { LostPieces } from './lost-pieces.ts';

const MiB = 1024 * 1024;

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = names.filter((name) => /^\d+$/.test(name)).map(async (name) => (await stat(join(folder, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

describe('a resumable upload', () => {
  const ann = uuidv7();
  const ben = uuidv7();
  let environment: Environment;
  let sweeper: Sweeper;
  let lostPieces: LostPieces;
  let store: Client;
  let roomId: string;
  beforeAll(async () => {
    environment = await anEnvironment({ FILES_MAX_BYTES: String(8 * MiB), FILES_QUOTA_ROOM_BYTES: String(12 * MiB) });
    const worker = await environment.startWorker();
    sweeper = worker.get(Sweeper);
    lostPieces = worker.get(LostPieces, { strict: false });
    const { S3_ENDPOINT, S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey } = environment.s3;
    const { hostname: endPoint, port } = new URL(S3_ENDPOINT);
    store = new Client({ endPoint, port: Number(port), accessKey, secretKey, useSSL: false });
  }, 60_000);
  beforeEach(() => {
    roomId = environment.rooms.aRoom({ [ann]: {}, [ben]: {} });
  });
  afterAll(cleanUp, 30_000);

  const call = <K extends keyof typeof files>(rpc: K, input: object, actor = ann) => environment.bus.call(files[rpc], input, actor);
  const refusal = <K extends keyof typeof files>(rpc: K, input: object, actor = ann) => environment.bus.refusal(files[rpc], input, actor);
  const create = (size: number, more: object = {}): Promise<ResumableUpload> =>
    call('createUpload', { roomId, name: 'log.txt', size, ...more }) as Promise<ResumableUpload>;
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const objects = async () => {
    const found = (await store.listObjectsV2('atrium', '', true).toArray()) as { name: string }[];
    return found.map(({ name }) => name).filter((name) => name.includes(roomId));
  };

  /** Puts new bytes behind what is kept, as the gateway does: the piece begins with the rest. */
  async function put({ id: uploadId }: ResumableUpload, bytes: Buffer) {
    const { offset, rest } = (await call('resumeUpload', { roomId, uploadId })) as { offset: number; rest: { getUrl: string } | null };
    const before = rest ? Buffer.from(await (await fetch(rest.getUrl)).arrayBuffer()) : Buffer.alloc(0);
    const added = { roomId, uploadId, offset, bytes: bytes.length };
    const { piece, putUrl } = (await call('openPiece', added)) as { piece: number; putUrl: string };
    const reply = await fetch(putUrl, { method: 'PUT', body: new Uint8Array(Buffer.concat([before, bytes])) });
    return { ...added, piece, etag: reply.headers.get('etag') ?? '' };
  }
  const keep = async (upload: ResumableUpload, bytes: Buffer): Promise<ResumableUpload> =>
    (await call('recordPiece', await put(upload, bytes))) as ResumableUpload;

  async function finish({ id: uploadId }: ResumableUpload, bytes: Buffer): Promise<FileRecord> {
    const assembled = (await call('assembleUpload', { roomId, uploadId })) as { fileId: string; name: string; size: number };
    const { fileId, name, size } = assembled;
    const put = { fileId, name, size, sha256: sha256(bytes) };
    return ((await call('recordUpload', { roomId, files: [put] })) as { files: FileRecord[] }).files[0]!;
  }

  it('in pieces of any size becomes one file of the same bytes, and leaves nothing else', async () => {
    const bytes = randomBytes(6 * MiB);
    let upload = await create(bytes.length);
    // Too small for a part, then enough with the rest, too small again, and the last bytes.
    for (const end of [100, MiB, 5 * MiB + 1, 5 * MiB + 2, bytes.length]) upload = await keep(upload, bytes.subarray(upload.offset, end));
    const file = await finish(upload, bytes);
    expect(file).toMatchObject({ id: upload.id, name: 'log.txt', size: bytes.length });
    const { getUrl } = (await call('openContent', { roomId, fileId: file.id })) as { getUrl: string };
    expect(sha256(Buffer.from(await (await fetch(getUrl)).arrayBuffer()))).toBe(sha256(bytes));
    expect(await objects()).toEqual([`rooms/${roomId}/${file.id}`]);
    expect(await call('findUpload', { roomId, uploadId: upload.id })).toMatchObject({ offset: bytes.length, recorded: true });
  });

  it('is read like any other file', async () => {
    const bytes = Buffer.from('The harbour opens at seven.');
    const half = await keep(await create(bytes.length), bytes.subarray(0, 9));
    const file = await finish(await keep(half, bytes.subarray(9)), bytes);
    expect(await extracted(environment.bus, file, ann)).toMatchObject({ status: 'ready', contentType: 'text/plain', chars: bytes.length });
  });

  it('without a byte becomes an empty file', async () => {
    expect(await finish(await create(0), Buffer.alloc(0))).toMatchObject({ size: 0 });
  });

  it('keeps the bytes of the first of two who send the same, and tells the second where to go on', async () => {
    const bytes = randomBytes(6 * MiB);
    const upload = await create(bytes.length);
    const [less, more] = [5 * MiB, 5.5 * MiB];
    const late = await put(upload, bytes.subarray(0, less));
    const early = await put(upload, bytes.subarray(0, more));
    await call('recordPiece', early);
    expect(await refusal('recordPiece', late)).toBe('upload_offset_conflict');
    expect(await call('recordPiece', early)).toMatchObject({ offset: more });
    const whole = await keep(upload, bytes.subarray(more));
    const file = await finish(whole, bytes);
    const { getUrl } = (await call('openContent', { roomId, fileId: file.id })) as { getUrl: string };
    expect(sha256(Buffer.from(await (await fetch(getUrl)).arrayBuffer()))).toBe(sha256(bytes));
  });

  it('is made a file once, and counts once, however often its end is told', async () => {
    const bytes = randomBytes(1000);
    const upload = await keep(await create(bytes.length), bytes);
    const recorded = [...(await Promise.all([finish(upload, bytes), finish(upload, bytes)])), await finish(upload, bytes)];
    expect(recorded.map(({ id }) => id)).toEqual([upload.id, upload.id, upload.id]);
    const used = await environment.database.query<{ bytes: string }>(
      `select bytes from files.storage_usage where scope = 'room' and id = $1`,
      [roomId],
    );
    expect(Number(used[0]!.bytes)).toBe(bytes.length);
    expect(((await call('list', { roomId })) as { items: FileRecord[] }).items).toHaveLength(1);
  });

  it('is refused where it is too large, or there is no space for it and for what has come of others', async () => {
    expect(await refusal('createUpload', { roomId, name: 'x', size: 8 * MiB + 1 })).toBe('file_too_large');
    const [one, two] = [await create(8 * MiB), await create(8 * MiB)];
    await keep(one, randomBytes(7 * MiB));
    expect(await refusal('createUpload', { roomId, name: 'x', size: 6 * MiB })).toBe('storage_full');
    const full = call('openPiece', { roomId, uploadId: two.id, offset: 0, bytes: 6 * MiB });
    await expect(full).rejects.toMatchObject({
      code: 'storage_full',
      data: { scope: 'room', usedBytes: 7 * MiB, limitBytes: 12 * MiB },
    });
    expect(await call('openPiece', { roomId, uploadId: two.id, offset: 0, bytes: 5 * MiB })).toMatchObject({ piece: 1 });
  });

  const used = async () => (await environment.bus.call(files.storage, { roomId }, ann)).room.usedBytes;
  const stored = async () => {
    const sizes = (await objects()).map(async (name) => (await store.statObject('atrium', name)).size);
    const open = await environment.database.query<{ id: string }>(
      'select multipart_id as id from files.resumable_uploads where room_id = $1',
      [roomId],
    );
    const parts = open.map(({ id }) => bytesIn(environment.s3.partsOf(id)));
    return (await Promise.all([...sizes, ...parts])).reduce((sum, size) => sum + size, 0);
  };
  const openAt = ({ id: uploadId }: ResumableUpload, offset: number, bytes: number) => ({ roomId, uploadId, offset, bytes });
  const outcome = (rpc: 'openPiece' | 'recordPiece', input: object) =>
    call(rpc, input).then(
      () => 'taken',
      (error: { code: string }) => error.code,
    );
  const age = (uploadId: string) =>
    environment.database.query(
      `update files.resumable_uploads set open = (
         select jsonb_agg(piece || '{"openedAt": "2020-01-01T00:00:00.000Z"}') from jsonb_array_elements(open) as piece) where file_id = $1`,
      [uploadId],
    );

  it('takes its space before its bytes come, so that of many at once no more are let in than there is space for', async () => {
    const uploads = await Promise.all(Array.from({ length: 10 }, () => create(6 * MiB)));
    const outcomes = await Promise.all(uploads.map((upload) => outcome('openPiece', openAt(upload, 0, 2 * MiB))));
    expect(outcomes.sort()).toEqual([...Array<string>(4).fill('storage_full'), ...Array<string>(6).fill('taken')]);
    expect(await used()).toBe(12 * MiB);
  });

  it.each([
    ['a part', 5 * MiB],
    ['a rest', MiB],
  ])('leaves nothing of the second of two who send the same, where that is %s', async (_what, bytes) => {
    const upload = await create(6 * MiB);
    const [first, second] = [await put(upload, randomBytes(bytes)), await put(upload, randomBytes(bytes))];
    const outcomes = await Promise.all([outcome('recordPiece', first), outcome('recordPiece', second)]);
    expect(outcomes.sort()).toEqual(['taken', 'upload_offset_conflict']);
    expect([await used(), await stored()]).toEqual([bytes, bytes]);
  });

  it.each([
    ['a part', 5 * MiB],
    ['a rest', MiB],
  ])('gives back the space of %s that does not come, also when its bytes are there', async (_what, bytes) => {
    const upload = await create(6 * MiB);
    const { piece } = await put(upload, randomBytes(bytes));
    expect(await used()).toBe(bytes);
    await call('dropPiece', { roomId, uploadId: upload.id, piece }, ben);
    expect(await used()).toBe(bytes);
    await call('dropPiece', { roomId, uploadId: upload.id, piece });
    expect([await used(), await stored()]).toEqual([0, 0]);
    expect(await refusal('recordPiece', { ...openAt(upload, 0, bytes), piece, etag: 'x' })).toBe('upload_offset_conflict');
    expect(await keep(upload, randomBytes(bytes))).toMatchObject({ offset: bytes });
    await call('dropPiece', { roomId, uploadId: upload.id, piece: piece + 1 });
    expect([await used(), await stored()]).toEqual([bytes, bytes]);
  });

  it('has the space of a piece back that a gateway left, by the sweep and by whoever goes on', async () => {
    const upload = await create(8 * MiB);
    await put(upload, randomBytes(7 * MiB));
    await lostPieces.sweep();
    expect(await used()).toBe(7 * MiB);
    expect(await refusal('openPiece', openAt(upload, 0, 7 * MiB))).toBe('storage_full');
    await age(upload.id);
    await lostPieces.sweep();
    expect([await used(), await stored()]).toEqual([0, 0]);
    await put(upload, randomBytes(7 * MiB));
    await age(upload.id);
    expect(await keep(upload, randomBytes(7 * MiB))).toMatchObject({ offset: 7 * MiB });
    expect([await used(), await stored()]).toEqual([7 * MiB, 7 * MiB]);
  });

  it('given up while a piece is on its way leaves nothing of it', async () => {
    const upload = await create(6 * MiB);
    const { offset, rest } = (await call('resumeUpload', { roomId, uploadId: upload.id })) as { offset: number; rest: null };
    expect([offset, rest]).toEqual([0, null]);
    const added = openAt(upload, 0, 10);
    const { piece, putUrl } = (await call('openPiece', added)) as { piece: number; putUrl: string };
    await call('removeUpload', { roomId, uploadId: upload.id });
    await sweeper.sweep(3600);
    await fetch(putUrl, { method: 'PUT', body: '10 bytes..' });
    expect(await refusal('recordPiece', { ...added, piece, etag: 'x' })).toBe('upload_not_found');
    expect([await used(), await objects()]).toEqual([0, []]);
    expect(await environment.database.query('select from files.uploads where file_id = $1', [upload.id])).toEqual([]);
  });

  it('leaves nothing of a piece that comes after it became a file', async () => {
    const bytes = randomBytes(1000);
    const upload = await create(bytes.length);
    const late = (await call('openPiece', openAt(upload, 0, 10))) as { piece: number; putUrl: string };
    await finish(await keep(upload, bytes), bytes);
    await fetch(late.putUrl, { method: 'PUT', body: '10 bytes..' });
    expect(await refusal('recordPiece', { ...openAt(upload, 0, 10), piece: late.piece, etag: 'x' })).toBe('upload_not_found');
    expect([await used(), await objects()]).toEqual([bytes.length, [`rooms/${roomId}/${upload.id}`]]);
  });

  it('takes no more bytes than were announced, and is no file before all are here', async () => {
    const upload = await create(10);
    const at = { roomId, uploadId: upload.id };
    expect(await refusal('openPiece', { ...at, offset: 0, bytes: 11 })).toBe('payload_too_large');
    expect(await refusal('openPiece', { ...at, offset: 1, bytes: 1 })).toBe('upload_offset_conflict');
    await keep(upload, Buffer.from('half'));
    expect(await refusal('assembleUpload', at)).toBe('upload_offset_conflict');
  });

  it('goes on only while its uploader may upload, and is there for nobody else', async () => {
    const upload = await create(10);
    const at = { roomId, uploadId: upload.id };
    for (const rpc of ['findUpload', 'resumeUpload', 'assembleUpload', 'removeUpload'] as const)
      expect([rpc, await refusal(rpc, at, ben)]).toEqual([rpc, 'upload_not_found']);
    const piece = await put(upload, Buffer.from('half'));
    const muted = new Date(Date.now() + 60_000).toISOString();
    environment.rooms.setMember(roomId, ann, { mutedUntil: muted });
    await environment.database.query('update files.access set muted_until = $2 where room_id = $1', [roomId, muted]);
    expect(await refusal('resumeUpload', at)).toBe('muted');
    expect(await refusal('openPiece', { ...at, offset: 0, bytes: 4 })).toBe('muted');
    expect(await refusal('recordPiece', piece)).toBe('muted');
    environment.rooms.setMember(roomId, ann, null);
    await environment.database.query('update files.access set removed_at = now() where room_id = $1', [roomId]);
    for (const rpc of ['findUpload', 'resumeUpload', 'assembleUpload', 'removeUpload'] as const)
      expect([rpc, await refusal(rpc, at)]).toEqual([rpc, 'room_not_found']);
  });

  it('that is given up is gone at once, with all that came of it', async () => {
    const upload = await create(6 * MiB);
    await keep(await keep(upload, randomBytes(5 * MiB)), Buffer.from('a rest'));
    await call('removeUpload', { roomId, uploadId: upload.id });
    expect(await refusal('findUpload', { roomId, uploadId: upload.id })).toBe('upload_not_found');
    await waitFor(async () => (await objects()).length === 0, { what: 'the rest to be removed' });
    const left = () => environment.database.query('select from files.uploads where file_id = $1', [upload.id]);
    await waitFor(async () => (await left()).length === 0, { what: 'the rows to be removed' });
    const again = await create(10);
    expect(again.offset).toBe(0);
  });

  it('is kept while something comes, and swept once nothing has come for long', async () => {
    const upload = await create(10);
    await keep(upload, Buffer.from('half'));
    await environment.database.query(`update files.uploads set created_at = now() - interval '3 days' where file_id = $1`, [upload.id]);
    await sweeper.sweep(3600);
    expect(await call('findUpload', { roomId, uploadId: upload.id })).toMatchObject({ offset: 4 });
    await environment.database.query(`update files.resumable_uploads set touched_at = now() - interval '25 hours' where file_id = $1`, [
      upload.id,
    ]);
    expect(await refusal('resumeUpload', { roomId, uploadId: upload.id })).toBe('upload_not_found');
    await sweeper.sweep(3600);
    expect(await objects()).toEqual([]);
    expect(await environment.database.query('select from files.resumable_uploads where file_id = $1', [upload.id])).toEqual([]);
  });
});
