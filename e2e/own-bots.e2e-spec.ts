import { cleanUp, waitFor } from '@atrium/testing';
import type { AtriumClient } from '@atrium/client';
import type { Bot, Member, Message, Room } from '@atrium/contracts';
import { startDiceBot } from '../examples/dice-bot/bot.ts';
import { aPicture } from './authorization/cast.ts';
import { Person } from './support/person.ts';
import { url } from './support/stack.ts';

const WITHIN = { withinMs: 30_000 };
let ann: Person;
let ben: Person;
let room: Room;
let bot: Bot & { token: string };
let running: AtriumClient;

beforeAll(async () => {
  [ann, ben] = await Promise.all([Person.register(), Person.register()]);
  room = await ann.createRoom({});
  await ann.do('POST', `/api/rooms/${room.id}/members`, { userIds: [ben.id] });
  bot = await ben.do('POST', '/api/me/bots', { name: `Dice ${ben.user.username}` });
  running = await startDiceBot(url, bot.token);
});
afterAll(async () => {
  running.realtime.close();
  await cleanUp();
});

const commands = async () =>
  (await ann.do<{ items: { name: string }[] }>('GET', `/api/rooms/${room.id}/commands`)).items.map(({ name }) => name);
/** What the bot has said, once it is so much. */
const said = (count: number): Promise<Message[]> =>
  waitFor(async () => {
    const { items } = await ann.do<{ items: Message[] }>('GET', `/api/rooms/${room.id}/messages`);
    const own = items.filter(({ authorId }) => authorId === bot.id);
    return own.length === count ? own : undefined;
  }, WITHIN);

describe('a bot of somebody’s own', () => {
  it('is seen in its rooms with the picture that its owner gave it, and without it once that is taken away', async () => {
    const other = await ben.do<Bot>('POST', '/api/me/bots', { name: `Face ${ben.user.username}` });
    const { items } = await ann.do<{ items: Member[] }>('POST', `/api/rooms/${room.id}/members`, { userIds: [other.id] });
    expect(items[0]!.avatarUrl ?? null).toBeNull();
    const { avatarUrl } = await ben.do<Bot>('PUT', `/api/me/bots/${other.id}/avatar`, aPicture());
    const seen = async () =>
      (await ann.do<{ items: Member[] }>('GET', `/api/rooms/${room.id}/members`)).items.find(({ id }) => id === other.id)?.avatarUrl ??
      null;
    await waitFor(async () => (await seen()) === avatarUrl, WITHIN);
    const shown = await fetch(url + avatarUrl!);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/webp']);
    await ben.do('DELETE', `/api/me/bots/${other.id}/avatar`);
    await waitFor(async () => (await seen()) === null, WITHIN);
    await ben.do('DELETE', `/api/me/bots/${other.id}`);
  });
});

describe('the bot of the examples', () => {
  it('answers its command in rooms that a moderator has brought it into, and is gone when its owner removes it', async () => {
    expect(await commands()).not.toContain('roll');
    const { items } = await ann.do<{ items: Member[] }>('POST', `/api/rooms/${room.id}/members`, { userIds: [bot.id] });
    expect(items).toMatchObject([{ id: bot.id, bot: true }]);
    expect(await commands()).toContain('roll');
    await waitFor(() => running.realtime.state.name === 'online', WITHIN);

    await ann.do('POST', `/api/rooms/${room.id}/commands`, { text: '/roll 3 6' });
    const [first] = await said(1);
    expect(first!.kind).toBe('bot');
    expect(first!.body).toMatch(/🎲 \*\*[1-6] \+ [1-6] \+ [1-6]\*\* = \d+ for /);

    await ann.say(room, '/roll');
    await said(2);

    const own = await ben.do<{ items: Bot[] }>('GET', '/api/me/bots');
    expect(own.items).toMatchObject([{ id: bot.id, commands: [{ name: 'roll' }], rooms: [{ id: room.id }] }]);
    await ben.do('DELETE', `/api/me/bots/${bot.id}`);
    await waitFor(async () => !(await commands()).includes('roll'), WITHIN);
    await waitFor(() => !running.session.signedIn, WITHIN);
    await expect(running.me.get()).rejects.toMatchObject({ status: 401 });
  });
});
