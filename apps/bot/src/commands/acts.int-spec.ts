import { AppError, bot, botSignals, type CommandReply, type PayloadOf } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import type { TestRoom } from '../../test/a-room.ts';
import { CLEO } from '../../test/the-rooms.ts';
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
  room = stack.rooms.make();
  ann = room.join('Ann', 'host');
  ben = room.join('Ben');
  stack.rooms.acts.length = 0;
  notes.length = 0;
});
afterAll(cleanUp);

const run = (text: string, userId = ann): Promise<CommandReply> => stack.bus.call(bot.run, { roomId: room.id, text }, userId);
const refused = async (text: string, userId = ann): Promise<AppError> => {
  const outcome = await run(text, userId).catch((error: unknown) => error);
  if (!(outcome instanceof AppError)) throw new Error(`${text} was not refused`);
  return outcome;
};

describe('/mute', () => {
  it('finds a member by the whole name among hundreds who have it in theirs', async () => {
    for (let i = 0; i < 120; i += 1) room.join(`Benny${i}`);
    room.join('Enny');
    expect((await run('/mute @enny 20m')).note?.body).toMatch(/^Enny is muted/);
  });

  it('mutes a member in the caller’s own name, for as long as is said, with the reason', async () => {
    const { note } = await run('/mute @ben 20m shouting');
    expect(note?.body).toMatch(/^Ben is muted until .* \(UTC\)\.$/);
    const input = { roomId: room.id, userId: ben, seconds: 1200, reason: 'shouting' };
    expect(stack.rooms.acts).toEqual([{ rpc: 'mute', input, actorId: ann }]);
  });

  it.each([
    ['/mute', 'member'],
    ['/mute @ben', 'duration'],
    ['/mute @ben for ever', 'duration'],
    ['/mute @ben 29 days', 'duration'],
    ['/mute @ben 0m', 'duration'],
    [`/mute @ben 5m ${'x'.repeat(201)}`, 'reason'],
    ['/mute @nobody 20m', 'member'],
  ])('is refused where it is written wrong, naming the argument: %s', async (text, path) => {
    expect(await refused(text)).toMatchObject({ code: 'validation_failed', data: { errors: [{ path }] } });
    expect(stack.rooms.acts).toEqual([]);
  });

  it('is for the host and moderators alone, and not in the list of others', async () => {
    expect((await refused('/mute @ann 20m', ben)).code).toBe('forbidden');
    const names = async (userId: string) => (await stack.bus.call(bot.commands, { roomId: room.id }, userId)).items.map(({ name }) => name);
    expect(await names(ben)).not.toContain('mute');
    expect(await names(ann)).toContain('mute');
  });

  it('changes nothing where it was posted as a message: its author hears so', async () => {
    await room.say(ann, '/mute @ben 20m');
    await waitFor(() => notes.some(({ userId, note }) => userId === ann && note.body.includes('Run /mute as a command')));
    expect(stack.rooms.acts).toEqual([]);
  });
});

describe('/invite', () => {
  it('brings in somebody who has an account', async () => {
    expect((await run('/invite @cleo')).note?.body).toBe('Cleo is in this room.');
    expect(stack.rooms.acts).toEqual([{ rpc: 'addMembers', input: { roomId: room.id, userIds: [CLEO] }, actorId: ann }]);
    expect(await refused('/invite @nobody')).toMatchObject({ code: 'validation_failed', data: { errors: [{ path: 'person' }] } });
  });

  it('makes a link without a name, and is for the host and moderators', async () => {
    expect((await run('/invite')).note?.links).toEqual([{ label: 'The link', href: '/invite/c0de', shareable: true }]);
    expect((await refused('/invite', ben)).code).toBe('forbidden');
  });
});

describe('/dm', () => {
  it('opens the direct room with a member', async () => {
    const { note } = await run('/dm @ann', ben);
    expect(note?.links[0]?.href).toMatch(/^\/rooms\/[0-9a-f-]{36}$/);
    expect(stack.rooms.acts).toEqual([{ rpc: 'openDirect', input: { userIds: [ann] }, actorId: ben }]);
    expect((await refused('/dm @nobody', ben)).code).toBe('validation_failed');
    expect(await refused('/dm @ben', ben)).toMatchObject({ code: 'validation_failed', data: { errors: [{ path: 'member' }] } });
  });
});
