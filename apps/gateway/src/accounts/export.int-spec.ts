import { AppError, accounts, files, messages } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { text } from 'node:stream/consumers';
import { fromBuffer } from 'yauzl';
import type { Person } from '../../test/fake-services.ts';
import { Harness } from '../../test/harness.ts';

let gateway: Harness;
let ann: Person;
/** Whether messages fails after its first page. */
let messagesFails = false;
const at = '2026-11-26T10:00:00.000Z';
const A_ROOM = '0190a5c0-0000-7000-8000-00000000000a';
const idOf = (n: number) => `0190a5c0-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A service's list in pages of two, for whoever it is about. */
const inPages =
  <T>(items: T[]) =>
  ({ cursor }: { cursor?: string }, { actorId }: { actorId?: string }) => {
    if (actorId !== ann.userId) throw new AppError('unauthenticated');
    const from = Number(cursor ?? 0);
    return { items: items.slice(from, from + 2), nextCursor: from + 2 < items.length ? String(from + 2) : null };
  };
const written = Array.from({ length: 5 }, (_, n) => ({
  id: idOf(n),
  roomId: A_ROOM,
  seq: n + 1,
  parentId: null,
  body: `message ${n}\nof two lines`,
  fileIds: [],
  createdAt: at,
  editedAt: null,
}));
const asked = [{ id: idOf(9), roomId: A_ROOM, fileId: null, question: 'How tall?', status: 'answered' as const, cost: 1, createdAt: at }];

beforeAll(async () => {
  gateway = await Harness.start();
  const { bus } = gateway.services;
  ann = gateway.services.aPerson();
  gateway.services.aRoom([ann], { id: A_ROOM });
  const profile = { id: ann.userId, username: 'ann', displayName: 'Ann', statusText: '', presence: 'auto' as const };
  bus.answer(accounts.getMe, () => ({ ...profile, role: 'user' as const, credits: 7, createdAt: at }));
  bus.answer(accounts.listSessions, () => ({ items: [] }));
  bus.answer(accounts.getCredits, (input, call) => ({ ...inPages([])(input, call), balance: 7, held: 0 }));
  bus.answer(messages.written, (input, call) => {
    if (messagesFails && input.cursor !== undefined) throw new AppError('internal');
    return inPages(written)(input, call);
  });
  bus.answer(files.uploaded, inPages([]));
  bus.answer(files.asked, inPages(asked));
}, 30_000);
afterAll(cleanUp);

const ask = (as?: Person) => gateway.fetch('/api/me/export', { as });

/** What a zip holds, by name. Fails on one that is not whole. */
async function unpacked(reply: Response): Promise<Record<string, string>> {
  const bytes = Buffer.from(await reply.arrayBuffer());
  const found: Record<string, string> = {};
  await new Promise<void>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (failure, zip) => {
      if (failure) return reject(failure);
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, (error, stream) => {
          if (error) return reject(error);
          text(stream).then((content) => {
            found[entry.fileName] = content;
            zip.readEntry();
          }, reject);
        });
      });
      zip.once('end', resolve);
      zip.readEntry();
    });
  });
  return found;
}

describe('an export', () => {
  it('holds everything that the services know of the caller, to the last page', async () => {
    messagesFails = false;
    const reply = await ask(ann);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect(reply.headers.get('content-disposition')).toBe('attachment; filename="atrium-export.zip"');
    const entries = await unpacked(reply);
    expect(Object.keys(entries)).toEqual([
      'profile.json',
      'sessions.json',
      'rooms.json',
      'credits.jsonl',
      'messages.jsonl',
      'files.jsonl',
      'questions.jsonl',
    ]);
    expect(JSON.parse(entries['profile.json']!)).toMatchObject({ username: 'ann', credits: 7 });
    expect(JSON.parse(entries['rooms.json']!)).toMatchObject([{ id: A_ROOM }]);
    const lines = (name: string) =>
      entries[name]!.split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown);
    expect(lines('messages.jsonl')).toEqual(written);
    expect(lines('questions.jsonl')).toEqual(asked);
    expect(lines('files.jsonl')).toEqual([]);
  });

  it('breaks off when a service fails on the way, and is never a whole archive with something missing', async () => {
    messagesFails = true;
    await expect(ask(ann).then(unpacked)).rejects.toThrow();
  });

  it('is for nobody who is not signed in, nor for a personal access token', async () => {
    expect((await ask()).status).toBe(401);
    const { token } = gateway.services.aPersonalToken(ann, ['messages:read', 'files:read', 'rooms:read']);
    const reply = await fetch(`${gateway.url}/api/me/export`, { headers: { authorization: `Bearer ${token}` } });
    expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([403, 'insufficient_scope']);
  });
});
