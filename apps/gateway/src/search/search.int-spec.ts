import { AppError, accounts, files, messages, type InputOf, type SearchResults } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from '../../test/fake-services.ts';
import { Harness } from '../../test/harness.ts';

type Asked = InputOf<typeof messages.search>;

describe('a search', () => {
  let harness: Harness;
  let ann: Person;
  let roomId: string;
  let asked: Asked[];
  /** Ranks of what each service finds, the best first. */
  let found: { messages: number[]; files: number[] };
  let isFilesAway: boolean;
  const at = new Date().toISOString();
  const idOf = (rank: number) => `01890000-0000-7000-8000-${String(rank * 1000).padStart(12, '0')}`;

  beforeAll(async () => {
    harness = await Harness.start();
    ann = harness.services.aPerson();
    roomId = harness.services.aRoom([ann]).record.id;
    const { bus } = harness.services;
    const after = (ranks: number[], { place, limit }: Asked) =>
      ranks.filter((rank) => place === undefined || rank < place.rank).slice(0, limit);
    bus.answer(messages.search, (input) => {
      asked.push(input);
      const message = {
        id: uuidv7(),
        roomId,
        seq: 1,
        authorId: ann.userId,
        kind: 'text' as const,
        body: 'b',
        mentions: { userIds: [], room: false, here: false, moderators: false },
        replyCount: 0,
        files: [],
        reactions: [],
        version: 1,
        createdAt: at,
      };
      const hit = (rank: number) => ({ kind: 'message' as const, roomId, score: rank, highlights: [], message });
      const items = after(found.messages, input).map((rank) => ({ rank, id: idOf(rank), hit: hit(rank) }));
      return { items, total: { value: found.messages.length, exact: true }, similar: false };
    });
    bus.answer(files.search, (input) => {
      asked.push(input);
      if (isFilesAway) throw new AppError('service_unavailable');
      const file = {
        id: uuidv7(),
        roomId,
        uploaderId: ann.userId,
        name: 'a.txt',
        contentType: 'text/plain',
        size: 1,
        sha256: '',
        version: 1,
        status: 'ready' as const,
        createdAt: at,
      };
      const hit = (rank: number) => ({ kind: 'file' as const, roomId, score: rank, highlights: [], file });
      const items = after(found.files, input).map((rank) => ({ rank, id: idOf(rank), hit: hit(rank) }));
      return { items, total: { value: found.files.length, exact: true }, similar: false };
    });
    bus.answer(accounts.findUsers, ({ query }) => ({
      items: ['ben', 'benno']
        .filter((name) => name.includes(query.toLowerCase()))
        .map((username) => ({ id: idOf(username.length), username, displayName: username, avatarUrl: null, presence: 'auto' as const })),
      nextCursor: null,
    }));
    await bus.bus.connection.flush();
  });
  beforeEach(() => {
    asked = [];
    found = { messages: [0.9, 0.5, 0.4], files: [0.8, 0.7, 0.1] };
    isFilesAway = false;
  });
  afterAll(cleanUp);

  const fetch = (query: string) => harness.fetch(`/api/search?${query}`, { as: ann });
  const search = async (query: string) => (await (await fetch(query)).json()) as SearchResults;
  const refused = async (query: string) => {
    const reply = await fetch(query);
    return [reply.status, ((await reply.json()) as { code: string; detail: string }).detail] as const;
  };

  it('shows what both services found in one ranked list, page by page, each hit once', async () => {
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null && seen.length < 10;) {
      const page: SearchResults = await search(`q=x&limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.total).toEqual({ value: 6, exact: true });
      seen.push(...page.items.map(({ score }) => score));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([0.9, 0.8, 0.7, 0.5, 0.4, 0.1]);
  });

  it('asks one service alone where one kind is wanted', async () => {
    expect((await search('q=x&in=files')).items.map(({ kind }) => kind)).toEqual(['file', 'file', 'file']);
    expect((await search('q=x%20in:messages')).items.map(({ kind }) => kind)).toEqual(['message', 'message', 'message']);
    expect(asked).toHaveLength(2);
  });

  it('passes on whom and which room is meant, by name or as a parameter', async () => {
    const room = harness.services.rooms.get(roomId)!.record.name;
    await search(`q=${encodeURIComponent(`plan from:ben in:"${room}" in:messages`)}`);
    await search(`q=plan&in=messages&from=me&from=nobody&has=link&has=pin&roomId=${roomId}`);
    expect(asked[0]).toMatchObject({ words: ['plan'], authorIds: [idOf(3)], roomIds: [roomId] });
    expect(asked[1]).toMatchObject({ authorIds: [ann.userId], has: ['link', 'pin'], roomIds: [roomId] });
    await search('q=plan&from=nobody&in=messages');
    expect(asked[2]).toMatchObject({ authorIds: [] });
  });

  it('shows what one service found while the other is away, and says what is missing', async () => {
    isFilesAway = true;
    expect(await search('q=x')).toMatchObject({
      items: [{ score: 0.9 }, { score: 0.5 }, { score: 0.4 }],
      missing: ['files'],
      total: { exact: false },
    });
    expect((await fetch('q=x&in=files')).status).toBe(503);
  });

  it.each([
    ['q=has:elephants', 'q: has: takes link, file, image, pin or reaction'],
    ['q=x&has=elephants', 'has'],
    ['q=x&in=rooms', 'in'],
    ['q=x&before=soon', 'before: before: needs a day'],
    ['q=x&mentions=ben', 'mentions: can only be `me`'],
    ['q=x&sort=oldest', 'sort'],
    ['q=x&limit=0', 'limit'],
    ['q=x&cursor=nonsense', 'cursor: is not one this list gave out'],
    ['q=x&roomId=1', 'roomId'],
    ['q=x%20in:nowhere', 'q: in: you are in no room called “nowhere”'],
    [`q=${'x'.repeat(501)}`, 'q: must have at most 500 characters'],
    ['', 'q: says nothing to search for'],
  ])('is refused with what is wrong: %s', async (query, detail) => {
    const [status, told] = await refused(query);
    expect([status, told]).toEqual([422, expect.stringContaining(detail)]);
  });

  it('is refused to who is not signed in', async () => {
    expect((await harness.fetch('/api/search?q=x')).status).toBe(401);
  });
});
