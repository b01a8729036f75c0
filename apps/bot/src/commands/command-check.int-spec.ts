import { bot } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import type { TestRoom } from '../../test/a-room.ts';
import { aBotService, type BotStack } from '../../test/bot-stack.ts';

let stack: BotStack;
let room: TestRoom;
let ann: string;

beforeAll(async () => (stack = await aBotService()));
beforeEach(() => {
  room = stack.rooms.make();
  ann = room.join('Ann', 'host');
  room.join('Ben');
  stack.rooms.acts.length = 0;
});
afterAll(cleanUp);

const asked = (text: string) => ({ roomId: room.id, text, timeZone: 'Europe/Berlin' });
const check = (text: string) => stack.bus.call(bot.checkCommand, asked(text), ann);

describe('A command that is being written', () => {
  it('is read on its writer’s clock, and nothing is done', async () => {
    expect(await check('/remind tomorrow 9 tea')).toEqual({
      fault: null,
      reads: [{ argument: 'when', text: 'tomorrow at 09:00 (Europe/Berlin)' }],
    });
    const { reads } = await check('/remind every Monday 9:00 sync');
    expect(reads[0]?.text).toMatch(/^every Monday at 09:00, first .* at 09:00 \(Europe\/Berlin\)$/);
    expect((await stack.bus.call(bot.reminders, { roomId: room.id }, ann)).items).toEqual([]);
    expect([stack.rooms.acts, room.posts]).toEqual([[], []]);
  });

  it.each([
    ['/remind yesterday tea', 'when', /^lies in the past/],
    ['/remind tomorrow 9', 'what', /^is missing/],
    ['/summary since tomorrow', 'when', /^is still to come/],
    ['/mute @nobody 5m', 'member', /nobody here is called @nobody/],
    ['/mute @nobody', 'member', /nobody here is called @nobody/],
    ['/mute @ben 60d', 'duration', /at most 28 days/],
  ])('is told what is wrong with it: %s', async (text, path, message) => {
    expect((await check(text)).fault).toMatchObject({ path, message: expect.stringMatching(message) as string });
  });

  it('is told what is only not there yet as that', async () => {
    expect((await check('/remind tomorrow 9')).fault?.missing).toBe(true);
    expect((await check('/remind yesterday tea')).fault?.missing).toBeUndefined();
  });

  it('is refused as its run would be, and read for members alone', async () => {
    expect(await stack.bus.refusal(bot.checkCommand, asked('/sumary'), ann)).toBe('unknown_command');
    expect(await stack.bus.refusal(bot.checkCommand, asked('hello'), ann)).toBe('validation_failed');
    expect(await stack.bus.refusal(bot.checkCommand, asked('/remind tomorrow x'), uuidv7())).toBe('not_a_member');
  });

  it('is not read while the bot is off', async () => {
    await room.switchBot(false);
    expect(await check('/remind yesterday tea')).toEqual({ fault: null, reads: [] });
  });
});
