import type { Message } from '@atrium/contracts';
import { namedIn } from './named.ts';
import { decideSends, pairKey, type AuthorFacts, type BatchFacts, type Decision, type RoomFacts, type Send } from './send-decisions.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
const room: RoomFacts = {
  lastSeq: 41,
  whoCanPost: 'everyone',
  slowModeSeconds: 0,
  archived: false,
  botEnabled: true,
  isDirect: false,
  memberCount: 3,
};
const member: AuthorFacts = { role: 'member', mutedUntil: null, lastSentAt: null, visibleFrom: 0 };

function aSend(changes: Partial<Omit<Send, 'named'>> = {}): Send {
  return {
    id: `m${Math.random()}`,
    roomId: 'room',
    authorId: 'ann',
    body: 'hello',
    fileIds: [],
    asBot: false,
    deadlineAt: Infinity,
    ...changes,
    named: namedIn(changes.body ?? ''),
  };
}

function facts(changes: { room?: Partial<RoomFacts>; author?: Partial<AuthorFacts> } & Partial<BatchFacts> = {}): BatchFacts {
  return {
    rooms: new Map([['room', { ...room, ...changes.room }]]),
    authors: new Map([[pairKey('room', 'ann'), { ...member, ...changes.author }]]),
    earlier: changes.earlier ?? new Map(),
    parents: changes.parents ?? new Map(),
    files: changes.files ?? new Map(),
    usernames: changes.usernames ?? new Map(),
  };
}

const decide = (sends: Send[], known = facts()) => decideSends(sends, known, now);
const stored = (decision: Decision | undefined): Message => {
  if (decision?.kind !== 'store') throw new Error(`not stored: ${JSON.stringify(decision)}`);
  return decision.message;
};

const aText = (id: string) => ({ id, name: `${id}.txt`, contentType: 'text/plain', size: 1, status: 'ready', roomId: 'room' });

describe('a batch of sends', () => {
  it('continues the count of its room without a hole, refusals left out', () => {
    const decisions = decide([aSend(), aSend({ body: '' }), aSend(), aSend({ authorId: 'stranger' }), aSend()]);
    expect(decisions.map((decision) => (decision.kind === 'store' ? decision.message.seq : decision.kind))).toEqual([
      42,
      'refuse',
      43,
      'refuse',
      44,
    ]);
  });

  it('stores one of two sends with the same clientId and repeats it to the other', () => {
    const [first, second, third] = decide([aSend({ clientId: 'c' }), aSend({ clientId: 'c' }), aSend({ clientId: 'c', body: 'other' })]);
    expect(second).toEqual({ kind: 'repeat', message: stored(first) });
    expect(third).toMatchObject({ kind: 'refuse', doubtful: false, error: { code: 'idempotency_conflict' } });
  });

  it('repeats an earlier message even to somebody who may not post any more', () => {
    const earlier = stored(decide([aSend({ clientId: 'c' })])[0]);
    const known = facts({ earlier: new Map([['room:ann:c', earlier]]), room: { archived: true } });
    expect(decide([aSend({ clientId: 'c' })], known)).toEqual([{ kind: 'repeat', message: earlier }]);
  });

  it.each<[string, Parameters<typeof facts>[0], string]>([
    ['an archived room', { room: { archived: true } }, 'room_archived'],
    ['a mute', { author: { mutedUntil: new Date('2026-11-22T12:00:01Z') } }, 'muted'],
    ['moderators only', { room: { whoCanPost: 'moderators' } }, 'posting_restricted'],
  ])('refuses a member because of %s, to be asked again', (_why, changes, code) => {
    expect(decide([aSend()], facts(changes))).toMatchObject([{ kind: 'refuse', doubtful: true, error: { code } }]);
  });

  it('refuses a member in slow mode without doubt, since the messages themselves tell', () => {
    const slow = facts({ room: { slowModeSeconds: 30 }, author: { lastSentAt: new Date('2026-11-22T11:59:45Z') } });
    expect(decide([aSend()], slow)).toMatchObject([{ kind: 'refuse', doubtful: false, error: { code: 'slow_mode' } }]);
  });

  it('tells whoever is not in the room nothing of it: neither an earlier message, nor what it could be a reply to', () => {
    const earlier = stored(decide([aSend({ clientId: 'c' })])[0]);
    const parents = new Map([['root', { rootId: 'root', rootSeq: 7, roomId: 'room', rootAuthorId: 'ben', deleted: false }]]);
    const known = { ...facts({ earlier: new Map([['room:ann:c', earlier]]), parents }), authors: new Map<string, AuthorFacts>() };
    const sends = [
      aSend({ clientId: 'c' }),
      aSend({ clientId: 'c', body: 'other' }),
      aSend({ parentId: 'root' }),
      aSend({ parentId: 'none' }),
      aSend({ fileIds: ['none'] }),
    ];
    expect(decide(sends, known)).toEqual(
      sends.map(() =>
        expect.objectContaining({ kind: 'refuse', doubtful: true, error: expect.objectContaining({ code: 'not_a_member' }) }),
      ),
    );
  });

  it('takes the same words in another thread for another message', () => {
    const parents = new Map([['root', { rootId: 'root', rootSeq: 7, roomId: 'room', rootAuthorId: 'ben', deleted: false }]]);
    const earlier = new Map([['room:ann:c', stored(decide([aSend({ clientId: 'c', parentId: 'root' })], facts({ parents }))[0])]]);
    const [same, other] = decide([aSend({ clientId: 'c', parentId: 'root' }), aSend({ clientId: 'c' })], facts({ parents, earlier }));
    expect(same).toMatchObject({ kind: 'repeat' });
    expect(other).toMatchObject({ kind: 'refuse', error: { code: 'idempotency_conflict' } });
  });

  it('lets moderators past slow mode, and the bot past everything but the archive', () => {
    const slow = facts({ room: { slowModeSeconds: 30, whoCanPost: 'moderators' }, author: { role: 'moderator', lastSentAt: now } });
    expect(decide([aSend(), aSend({ authorId: 'bot', asBot: true })], slow).map((decision) => decision.kind)).toEqual(['store', 'store']);
    expect(decide([aSend({ asBot: true })], facts({ room: { archived: true } }))).toMatchObject([{ kind: 'refuse' }]);
  });

  it('stores one of many that come at once in slow mode', () => {
    const slow = facts({ room: { slowModeSeconds: 30 } });
    expect(decide([aSend(), aSend(), aSend()], slow)).toMatchObject([
      { kind: 'store' },
      { error: { code: 'slow_mode' } },
      { error: { code: 'slow_mode' } },
    ]);
  });

  it('lets nobody but its uploader attach a draft, and says which drafts the room gets to know', () => {
    const files = new Map([
      ['own', { ...aText('own'), addedSeq: 9, draftOf: 'ann' }],
      ['other', { ...aText('other'), addedSeq: 9, draftOf: 'ben' }],
      ['known', { ...aText('known'), addedSeq: 1, draftOf: null }],
    ]);
    const sends = [aSend({ fileIds: ['other'] }), aSend({ fileIds: ['own', 'known'] })];
    expect(decide(sends, facts({ files }))).toMatchObject([{ error: { code: 'file_not_found' } }, { kind: 'store', drafts: ['own'] }]);
  });

  it('lets nobody answer or attach what they may not see', () => {
    const parents = new Map([['old', { rootId: 'old', rootSeq: 7, roomId: 'room', rootAuthorId: 'ben', deleted: false }]]);
    const files = new Map([['old', { ...aText('old'), addedSeq: 7, draftOf: null }]]);
    const sends = [aSend({ parentId: 'old' }), aSend({ fileIds: ['old'] })];
    expect(decide(sends, facts({ parents, files, author: { visibleFrom: 7 } })).map(({ kind }) => kind)).toEqual(['store', 'store']);
    expect(decide(sends, facts({ parents, files, author: { visibleFrom: 8 } }))).toMatchObject([
      { error: { code: 'message_not_found' } },
      { error: { code: 'file_not_found' } },
    ]);
  });

  it('tells how long slow mode lasts', () => {
    const known = facts({ room: { slowModeSeconds: 30 }, author: { lastSentAt: new Date('2026-11-22T11:59:45.500Z') } });
    expect(decide([aSend()], known)).toMatchObject([{ error: { data: { retryAfterSeconds: 16 } } }]);
  });

  it('counts a body in code points', () => {
    expect(decide([aSend({ body: '🙂'.repeat(10_000) }), aSend({ body: '🙂'.repeat(10_001) })])).toMatchObject([
      { kind: 'store' },
      { kind: 'refuse', error: { code: 'message_too_long' } },
    ]);
  });

  it('attaches a reply to the root, and only within its room', () => {
    const parent = { rootId: 'root', rootSeq: 7, roomId: 'room', rootAuthorId: 'ben', deleted: false };
    const parents = new Map([
      ['reply', parent],
      ['elsewhere', { ...parent, roomId: 'other' }],
    ]);
    const [inside, outside] = decide([aSend({ parentId: 'reply' }), aSend({ parentId: 'elsewhere' })], facts({ parents }));
    expect(stored(inside).parentId).toBe('root');
    expect(outside).toMatchObject({ kind: 'refuse', error: { code: 'message_not_found' } });
  });

  it('shows a reply in the room as well where its author wants that, and takes it without that for another message', () => {
    const parents = new Map([['root', { rootId: 'root', rootSeq: 7, roomId: 'room', rootAuthorId: 'ben', deleted: false }]]);
    const reply = { clientId: 'c', parentId: 'root' };
    const shown = stored(decide([aSend({ ...reply, alsoInRoom: true })], facts({ parents }))[0]);
    expect(shown).toMatchObject({ parentId: 'root', alsoInRoom: true });
    expect(stored(decide([aSend({ alsoInRoom: true })])[0])).not.toHaveProperty('alsoInRoom');
    const earlier = new Map([['room:ann:c', shown]]);
    const [same, other] = decide([aSend({ ...reply, alsoInRoom: true }), aSend(reply)], facts({ parents, earlier }));
    expect(same).toMatchObject({ kind: 'repeat' });
    expect(other).toMatchObject({ kind: 'refuse', error: { code: 'idempotency_conflict' } });
  });

  it('resolves mentions against the room, and calls everyone in a large one for moderators only', () => {
    const usernames = new Map([[pairKey('room', 'ben'), 'ben-id']]);
    const body = '@ben @nobody @room';
    const small = stored(decide([aSend({ body })], facts({ usernames }))[0]).mentions;
    expect(small).toEqual({ userIds: ['ben-id'], room: true, here: false, moderators: false });
    const large = { usernames, room: { memberCount: 21 } };
    expect(stored(decide([aSend({ body })], facts(large))[0]).mentions.room).toBe(false);
    expect(stored(decide([aSend({ body })], facts({ ...large, author: { role: 'moderator' } }))[0]).mentions.room).toBe(true);
  });

  it('mentions the one whose whole name is written, where another has a part of it', () => {
    const usernames = new Map([
      [pairKey('room', 'ben.'), 'dotted-id'],
      [pairKey('room', 'ben'), 'ben-id'],
    ]);
    const mentioned = (body: string) => stored(decide([aSend({ body })], facts({ usernames }))[0]).mentions.userIds;
    expect(mentioned('thanks @BEN.')).toEqual(['dotted-id']);
    expect(mentioned('thanks @ben, and @ben')).toEqual(['ben-id']);
    expect(mentioned('> thanks @ben')).toEqual([]);
  });
});

describe('a send of a bot with an account of its own', () => {
  const byBot = (changes: Parameters<typeof facts>[0] = {}) => decide([aSend({ byBot: true })], facts(changes))[0]!;
  const refusalOf = (decision: Decision) => (decision.kind === 'refuse' ? decision.error.code : decision.kind);

  it('is marked as a bot’s, so that nothing answers it', () => {
    expect(stored(byBot())).toMatchObject({ kind: 'bot', authorId: 'ann' });
  });

  it('waits for no slow mode', () => {
    const slow = { room: { slowModeSeconds: 60 }, author: { lastSentAt: now } };
    expect(stored(byBot(slow)).kind).toBe('bot');
    expect(refusalOf(decide([aSend()], facts(slow))[0]!)).toBe('slow_mode');
  });

  it('is refused where bots are off, and where a member like it may not speak', () => {
    expect(refusalOf(byBot({ room: { botEnabled: false } }))).toBe('forbidden');
    expect(refusalOf(byBot({ author: { mutedUntil: new Date(now.getTime() + 1000) } }))).toBe('muted');
    expect(refusalOf(byBot({ room: { whoCanPost: 'moderators' } }))).toBe('posting_restricted');
  });
});
