import { AppError, bot, botSignals, type CommandReply, type PayloadOf } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import type { TestRoom } from '../../test/a-room.ts';
import { aBotService, type BotStack } from '../../test/bot-stack.ts';

let stack: BotStack;
let room: TestRoom;
let ann: string;
let ben: string;
let notes: PayloadOf<typeof botSignals.note>[];

beforeAll(async () => {
  stack = await aBotService();
  notes = await stack.bus.hear(botSignals.note);
});
beforeEach(() => {
  room = stack.rooms.make({ name: 'Garden' });
  ann = room.join('Ann', 'host');
  ben = room.join('Ben');
  stack.rooms.fileAnswer = () => Promise.resolve({});
  notes.length = 0;
});
afterAll(cleanUp);

const run = (text: string, more: object = {}, userId = ben): Promise<CommandReply> =>
  stack.bus.call(bot.run, { roomId: room.id, text, ...more }, userId);
const refused = async (text: string, more: object = {}, userId = ben): Promise<AppError> => {
  const outcome = await run(text, more, userId).catch((error: unknown) => error);
  if (!(outcome instanceof AppError)) throw new Error(`${text} was not refused`);
  return outcome;
};

describe('A command that is run', () => {
  it('is answered by a note to its caller, on all of their devices, and not in the room', async () => {
    const { note, message } = await run('/help');
    expect(message).toBeUndefined();
    expect(note).toMatchObject({ roomId: room.id, command: '/help', links: [] });
    expect(note?.body).toContain('/summary');
    await waitFor(() => notes.some((told) => told.userId === ben && told.note.id === note?.id));
    expect(room.posts).toEqual([]);
  });

  it('is answered in the room with --public, and says who asked', async () => {
    const { note, message } = await run('/status --public');
    expect(note).toBeUndefined();
    expect(message).toMatchObject({ kind: 'bot', roomId: room.id });
    expect(message?.body).toMatch(/Ben asked `\/status --public`[\s\S]*Garden/);
    expect(message?.body).not.toMatch(/credit/i);
    expect((await run('/status')).note?.body).toContain('Your credits: 10');
  });

  it('is answered once under one clientId, and refused with other words under it', async () => {
    const [first, second] = [await run('/status --public', { clientId: 'c1' }), await run('/status --public', { clientId: 'c1' })];
    expect(second.message?.id).toBe(first.message?.id);
    expect(room.posts).toHaveLength(1);
    expect((await refused('/help', { clientId: 'c1' })).code).toBe('idempotency_conflict');
  });

  it('that nobody knows is refused with the nearest names', async () => {
    const error = await refused('/sumary');
    expect(error).toMatchObject({ code: 'unknown_command', status: 404, data: { nearest: ['/summary'] } });
    expect(error.detail).toContain('/summary');
  });

  it.each([
    ['/summary last 0', 'count'],
    ['/summary since whenever', 'when'],
    ['/remind in 20 min', 'what'],
    ['/remind soon tea', 'when'],
    ['/remind yesterday tea', 'when'],
    ['/remind in 99999 days tea', 'when'],
    ['/remind room 1 January 2099 tea', 'when'],
    ['/remind me in 61 months tea', 'when'],
    ['/remind in 20 min \u200b', 'what'],
    [`/remind in 20 min ${'x'.repeat(501)}`, 'what'],
    ['/poll Lunch? | Pizza | \u200b\u2060', 'question'],
    ['/poll Lunch? | Pizza | pi\u200bzza', 'question'],
    [`/poll Lunch? | Pizza | ${'x'.repeat(201)}`, 'question'],
    [`/topic ${'x'.repeat(251)}`, 'topic'],
    ['/help \u0000', 'text'],
    ['/ask \ud800', 'text'],
    ['/poll Lunch?', 'question'],
    ['/poll Lunch? | Pizza | pizza', 'question'],
    ['/ask', 'question'],
    ['/who is there', 'arguments'],
    ['hello', 'text'],
    ['//help', 'text'],
  ])('is refused where it is written wrong, naming the argument: %s', async (text, path) => {
    expect(await refused(text)).toMatchObject({ code: 'validation_failed', status: 422, data: { errors: [{ path }] } });
  });

  it('that is written wrong is told what is wrong once, with how it is written', async () => {
    expect((await refused('/who is there')).detail).toBe('what follows must be left out, but there is "is there". Usage: /who');
    expect((await refused('/summary last 5 messages please')).detail).toMatch(
      /^unit must be the last, but "please" follows it\. Usage: \S+/,
    );
    expect((await refused('/remind yesterday tea')).detail).toMatch(/^when lies in the past, .*: try "in 20 min"/);
    expect((await refused('/remind in 30 years tea')).detail).toMatch(
      /^when is .*, and a reminder may be set at most 5 years ahead\. Usage/,
    );
    expect((await refused('/summary since tomorrow')).detail).toMatch(/^when is still to come, tomorrow at .*: try "2h"/);
  });

  it('is for members who may speak, in rooms that are open', async () => {
    expect((await refused('/help', {}, uuidv7())).code).toBe('not_a_member');
    room.members.get(ben)!.mutedUntil = new Date(Date.now() + 60_000).toISOString();
    expect((await refused('/help')).code).toBe('muted');
    room.members.get(ben)!.mutedUntil = new Date(Date.now() - 1000).toISOString();
    room.record.whoCanPost = 'moderators';
    expect((await run('/help')).note).toBeDefined();
    expect((await refused('/help --public')).code).toBe('posting_restricted');
    expect((await refused('/remind room in 20 min tea')).code).toBe('posting_restricted');
    expect((await run('/remind in 20 min tea')).note).toBeDefined();
    expect((await run('/help --public', {}, ann)).message).toBeDefined();
    room.record.archivedAt = new Date().toISOString();
    expect((await refused('/help')).code).toBe('room_archived');
  });

  it('that speaks to a room with slow mode is refused before anything is done for it, and told so to its caller alone', async () => {
    room.slowFor(ben, 30);
    const error = await refused('/poll Lunch? | Pizza | Soup');
    expect(error).toMatchObject({ code: 'slow_mode', status: 429, data: { retryAfterSeconds: 30 } });
    expect((await refused('/ask --public where is the key?')).code).toBe('slow_mode');
    expect(stack.rooms.reads.filter(({ rpc }) => rpc.startsWith('files.askRoom'))).toEqual([]);
    expect(await stack.database.query('select 1 from bot.polls where room_id = $1', [room.id])).toEqual([]);
    expect(room.posts).toEqual([]);
    expect((await run('/help')).note).toBeDefined();
    expect((await run('/help --public', {}, ann)).message).toBeDefined();
    room.slowFor(ben, 0);
    expect((await run('/help --public')).message).toBeDefined();
  });

  it('gives back its turn in a room with slow mode when nothing came of it', async () => {
    await refused('/poll Lunch?');
    await refused('/poll Lunch? | Pizza');
    expect(room.turns.get(ben)).toBeUndefined();
    const { message } = await run('/poll Lunch? | Pizza | Soup', { clientId: 'c2' });
    expect(room.turns.get(ben)).toBeDefined();
    expect((await run('/poll Lunch? | Pizza | Soup', { clientId: 'c2' })).message?.id).toBe(message?.id);
  });

  it('meets a bot that is off with one note, and nothing is read', async () => {
    await room.switchBot(false);
    const { note } = await run('/status');
    expect(note?.body).toContain('off');
    expect(stack.rooms.reads.filter((read) => read.roomId === room.id)).toEqual([]);
    await waitFor(() => notes.length > 0);
    expect(notes).toHaveLength(1);
  });

  it('that takes long says so, and its answer takes that note’s place', async () => {
    stack.rooms.fileAnswer = () => new Promise((resolve) => setTimeout(() => resolve({ answer: 'At last.' }), 3300));
    const { note } = await run('/ask When?');
    expect(note).toMatchObject({ working: true });
    const told = await waitFor(() => notes.find((one) => one.note.id === note?.id && !one.note.working));
    expect(told.note.body).toContain('At last.');
  });

  it('that fails after it was said to take long ends with the reason', async () => {
    stack.rooms.fileAnswer = () =>
      new Promise((_resolve, reject) => setTimeout(() => reject(new AppError('insufficient_credits', 'You have no credits left.')), 3300));
    const { note } = await run('/ask When?');
    const told = await waitFor(() => notes.find((one) => one.note.id === note?.id && !one.note.working));
    expect(told.note.body).toBe('You have no credits left.');
  });

  it('has the bot say no more than ten things a minute to one room, and as much as one likes to oneself', async () => {
    for (let i = 0; i < 10; i++) await run('/who --public');
    expect((await refused('/who --public')).code).toBe('rate_limited');
    expect((await run('/who')).note?.body).toContain('Ann (host)');
  });
});

describe('/ask', () => {
  it('quotes the files with links to the places, and says which of the outcomes it is', async () => {
    const { note } = await run('/ask When do we meet?');
    expect(note?.body).toMatch(/When do we meet\?[\s\S]*On Friday[\s\S]*1 credit/);
    expect(note?.links[0]?.href).toMatch(new RegExp(`^/rooms/${room.id}/files/.*\\?page=2&start=10&end=20$`));
    stack.rooms.fileAnswer = () => Promise.resolve({ status: 'closest', cost: 0 });
    expect((await run('/ask And where?')).note?.body).toMatch(/come closest[\s\S]*Nothing was charged/);
    stack.rooms.fileAnswer = () => Promise.resolve({ status: 'no_evidence', citations: [], cost: 0 });
    expect((await run('/ask And who?')).note?.body).toContain('Nothing in this room’s files');
  });

  it('passes on that there are no credits left', async () => {
    stack.rooms.fileAnswer = () => Promise.reject(new AppError('insufficient_credits'));
    expect(await refused('/ask When?')).toMatchObject({ code: 'insufficient_credits', status: 402 });
  });
});

describe('/summary', () => {
  it('means since before this visit, also when opening the room marked all of it read', async () => {
    await room.say(ann, 'This was read long ago.');
    await room.say(ann, 'We decided to plant roses.');
    room.markers.set(ben, { readSeq: 2, readSeqBeforeVisit: 1 });
    const { note } = await run('/summary');
    expect(note?.body).toContain('roses');
    expect(note?.body).not.toContain('long ago');
    room.markers.set(ben, { readSeq: 2 });
    expect((await run('/summary')).note?.body).toContain('Nothing new');
  });

  it('reads times on the caller’s clock', async () => {
    const { note } = await run('/summary since 2020-01-01', { timeZone: 'Asia/Tokyo' });
    expect(note?.body).toContain('Nothing new');
    expect((await refused('/summary', { timeZone: 'Mars/Olympus' })).data.errors).toMatchObject([{ path: 'timeZone' }]);
  });
});

describe('/topic', () => {
  it('is changed in the caller’s own name, so that rooms decides who may', async () => {
    expect((await run('/topic Plants and tools', {}, ann)).note?.body).toContain('Plants and tools');
    expect((await run('/topic')).note?.body).toBe('Topic: Plants and tools');
    expect((await refused('/topic Mine')).code).toBe('forbidden');
  });
});
