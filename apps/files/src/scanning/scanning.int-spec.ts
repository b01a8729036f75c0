import { files, type FileRecord } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, waitFor } from '@atrium/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anEnvironment, extracted, upload, type Environment } from '../../test/environment.ts';
import { FakeClamd, THREAT, VIRUS } from '../../test/fake-clamd.ts';
import { CLAMD, startClamd } from '../../test/real-clamd.ts';
import { ping, scan, type Clamd } from './clamd.ts';

describe('a file, where viruses are looked for,', () => {
  const ann = uuidv7();
  let clamd: FakeClamd;
  let environment: Environment;
  let roomId: string;
  beforeAll(async () => {
    clamd = await FakeClamd.start();
    environment = await anEnvironment({ FILES_CLAMD_URL: clamd.url });
    roomId = environment.rooms.aRoom({ [ann]: {} });
    await environment.startWorker();
  }, 60_000);
  afterAll(cleanUp, 30_000);
  afterEach(() => {
    clamd.answer = undefined;
  });

  const put = (bytes: string) => upload(environment.bus, { roomId, userId: ann }, { name: `${uuidv7()}.txt`, bytes });
  const of = (file: FileRecord) => ({ roomId, fileId: file.id });
  const now = (file: FileRecord) => environment.bus.call(files.get, of(file), ann);

  it('is read and handed out once none was found', async () => {
    const file = await put('The harbour opens at seven.');
    expect(await extracted(environment.bus, file, ann)).toMatchObject({ status: 'ready' });
    expect(await environment.bus.call(files.openContent, of(file), ann)).toMatchObject({ file: { id: file.id } });
  });

  it('in which one is found is not read, not handed out, and says why', async () => {
    const file = await put(`The harbour opens at eight. ${VIRUS}`);
    expect(await extracted(environment.bus, file, ann)).toMatchObject({
      status: 'failed',
      threat: THREAT,
      statusReason: expect.stringContaining(THREAT) as string,
    });
    expect(await environment.bus.refusal(files.openContent, of(file), ann)).toBe('file_infected');
    expect(await environment.bus.refusal(files.text, of(file), ann)).toBe('file_not_ready');
    expect(await environment.database.query('select from files.file_pages where file_id = $1', [file.id])).toEqual([]);
    await environment.bus.call(files.remove, of(file), ann);
  });

  it('is not handed out before it was looked through', async () => {
    const looking = Promise.withResolvers<() => void>();
    clamd.answer = (socket) => looking.resolve(() => socket.end('stream: OK\0'));
    const file = await put('The harbour opens at nine.');
    const goOn = await looking.promise;
    expect(await environment.bus.refusal(files.openContent, of(file), ann)).toBe('file_not_ready');
    goOn();
    expect(await extracted(environment.bus, file, ann)).toMatchObject({ status: 'ready' });
  });

  it('loses what was read of it when one is found later', async () => {
    const file = await put('The harbour opens at ten.');
    await extracted(environment.bus, file, ann);
    await environment.database.query(`update files.files set status = 'partial' where id = $1`, [file.id]);
    clamd.answer = (socket) => socket.end(`stream: ${THREAT} FOUND\0`);
    await environment.bus.call(files.retry, of(file), ann);
    const { status, threat, chunks } = await extracted(environment.bus, file, ann);
    expect([status, threat, chunks]).toEqual(['failed', THREAT, undefined]);
    expect(await environment.database.query('select from files.file_pages where file_id = $1', [file.id])).toEqual([]);
  });

  it('is neither read nor handed out when it is too large to be looked through', async () => {
    const file = await put('The tide. '.repeat(200_000));
    expect(await extracted(environment.bus, file, ann)).toMatchObject({
      status: 'failed',
      statusReason: expect.stringContaining('larger than') as string,
    });
    expect(await environment.bus.refusal(files.openContent, of(file), ann)).toBe('file_not_ready');
  });

  it.each([
    ['before it begins', () => clamd.stop()],
    [
      'while it looks',
      () => {
        clamd.answer = (socket) => socket.destroy();
      },
    ],
  ])('waits, without losing a try, when the scanner goes away %s', async (_when, goAway) => {
    await goAway();
    const file = await put('The harbour opens at noon.');
    await waitFor(async () => (await now(file)).statusReason?.includes('virus scanner'), { withinMs: 30_000, what: 'the file to say so' });
    expect(await now(file)).toMatchObject({ status: 'queued' });
    await waitFor(async () => (await environment.findJob(file))?.state === 'delayed', { withinMs: 30_000, what: 'the job to wait' });
    expect(await environment.findJob(file)).toEqual({ state: 'delayed', attemptsMade: 0 });
    clamd.answer = undefined;
    await clamd.stop();
    await clamd.startAgain();
    const done = await extracted(environment.bus, file, ann);
    expect([done.status, done.statusReason]).toEqual(['ready', undefined]);
  });
});

/** The server that speaks its protocol is always there; ClamAV itself only where it is installed. */
const SPEAKERS: [name: string, start: (maxBytes: number) => Promise<Clamd>][] = [
  ['a server of its protocol', async (maxBytes) => ({ host: '127.0.0.1', port: (await FakeClamd.start({ maxBytes })).port })],
  ...(CLAMD === undefined
    ? []
    : [
        ['ClamAV', (maxBytes: number) => startClamd(CLAMD!, { threat: THREAT, bytes: VIRUS }, maxBytes)] satisfies [
          string,
          (maxBytes: number) => Promise<Clamd>,
        ],
      ]),
];
if (CLAMD === undefined)
  process.stderr.write('ClamAV is not installed here: its verdicts are tried with a server of its protocol alone.\n');

describe.each(SPEAKERS)('the verdict of %s', (_name, start) => {
  const MOST = 400_000;
  let clamd: Clamd;
  let folder: string;
  beforeAll(async () => {
    clamd = await start(MOST);
    folder = await mkdtemp(join(tmpdir(), 'verdict-'));
  }, 60_000);
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await cleanUp();
  }, 30_000);

  const verdictOf = async (bytes: string | Buffer) => {
    const path = join(folder, uuidv7());
    await writeFile(path, bytes);
    return scan(clamd, path);
  };

  it.each([
    ['clean', 'The harbour', 'clean'],
    ['clean when it is empty', '', 'clean'],
    ['infected', `The harbour ${VIRUS}`, 'infected'],
    ['infected far behind its beginning', `${'a'.repeat(150_000)}${VIRUS}`, 'infected'],
    ['too large to be looked through', 'a'.repeat(MOST / 2 + 1), 'too_large'],
    ['too large by a little', 'a'.repeat(MOST + 1), 'too_large'],
    ['too large by far', 'a'.repeat(20_000_000), 'too_large'],
  ])('on a file is that it is %s', async (_what, bytes, kind) => {
    const verdict = await verdictOf(bytes);
    expect(verdict.kind).toBe(kind);
    if (verdict.kind === 'infected') expect(verdict.threat).toContain(THREAT);
  });

  it('on many files at once is that of each', async () => {
    const files = Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? VIRUS : i % 3 === 1 ? 'The harbour' : 'a'.repeat(2 * MOST)));
    const kinds = (await Promise.all(files.map(verdictOf))).map(({ kind }) => kind);
    expect(kinds).toEqual(files.map((_, i) => (['infected', 'clean', 'too_large'] as const)[i % 3]));
  });
});

describe('what clamd says', () => {
  let clamd: FakeClamd;
  let folder: string;
  let path: string;
  beforeAll(async () => {
    clamd = await FakeClamd.start({ maxBytes: 100_000 });
    folder = await mkdtemp(join(tmpdir(), 'clamd-'));
    path = join(folder, 'file');
  });
  beforeEach(() => writeFile(path, 'The harbour'));
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await cleanUp();
  }, 30_000);

  const there = () => ({ host: '127.0.0.1', port: clamd.port });

  it.each([
    ['another thing', "stream: Can't open file or directory ERROR\0"],
    ['half of it', 'stream: O'],
    ['nothing', ''],
  ])('is no verdict when it is %s', async (_what, reply) => {
    clamd.answer = (socket) => socket.end(reply);
    await expect(scan(there(), path)).rejects.toMatchObject({ name: 'ScannerAway' });
    clamd.answer = undefined;
  });

  it('is not waited for by who was called off, nor where nobody is', async () => {
    const off = new AbortController();
    clamd.answer = () => off.abort();
    await expect(scan(there(), path, off.signal)).rejects.toMatchObject({ name: 'AbortError' });
    clamd.answer = undefined;
    await expect(scan(there(), join(folder, 'nothing'))).rejects.toMatchObject({ code: 'ENOENT' });
    await clamd.stop();
    await expect(scan(there(), path)).rejects.toMatchObject({ name: 'ScannerAway' });
    await expect(ping(there())).rejects.toMatchObject({ name: 'ScannerAway' });
  });
});
