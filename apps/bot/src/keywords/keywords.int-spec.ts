import { bot } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import type { TestRoom } from '../../test/a-room.ts';
import { aBotService, type BotStack } from '../../test/bot-stack.ts';

let stack: BotStack;
let room: TestRoom;
let ann: string;
let ben: string;

beforeAll(async () => {
  stack = await aBotService();
});
beforeEach(() => {
  room = stack.rooms.make();
  ann = room.join('Ann', 'moderator');
  ben = room.join('Ben');
});
afterAll(cleanUp);

const put = (input: object, userId = ann) =>
  stack.bus.call(bot.putKeyword, { roomId: room.id, keyword: 'wifi', answer: 'Ask the desk.', ...input }, userId);
const list = async () => (await stack.bus.call(bot.keywords, { roomId: room.id }, ann)).items;
const settled = async () => room.answerTo(await room.say(ben, '/help'));
const firings = async () => {
  await settled();
  return room.posts.filter((post) => post.body === 'Ask the desk.');
};

describe('Keywords', () => {
  it('are made, changed and removed by moderators of the room alone', async () => {
    const made = await put({ keyword: ' WiFi ' });
    expect(made).toMatchObject({ keyword: 'wifi', answer: 'Ask the desk.', everySeconds: 0, place: 'room', builtIn: false });
    expect((await put({ answer: 'It is on the wall.', everySeconds: 60, place: 'thread' })).id).toBe(made.id);
    expect(await list()).toContainEqual({ ...made, answer: 'It is on the wall.', everySeconds: 60, place: 'thread' });
    const change = { roomId: room.id, keyword: 'wifi', answer: 'Mine' };
    expect(await stack.bus.refusal(bot.putKeyword, change, ben)).toBe('forbidden');
    expect(await stack.bus.refusal(bot.keywords, { roomId: room.id }, ben)).toBe('forbidden');
    const remove = { roomId: room.id, keywordId: made.id };
    expect(await stack.bus.refusal(bot.removeKeyword, remove, ben)).toBe('forbidden');
    await stack.bus.call(bot.removeKeyword, remove, ann);
    expect((await list()).some((keyword) => keyword.id === made.id)).toBe(false);
    expect(await stack.bus.refusal(bot.removeKeyword, remove, ann)).toBe('keyword_not_found');
    const acts = await stack.database.query<{ action: string }>('select action from bot.audit where room_id = $1 order by id', [room.id]);
    expect(acts.map(({ action }) => action)).toEqual(['keyword.put', 'keyword.put', 'keyword.removed']);
  });

  it('are a hundred at most in a room, however many are made at once', async () => {
    const made = await Promise.allSettled(Array.from({ length: 120 }, (_, index) => put({ keyword: `word ${index}` })));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
    expect(made.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'too_many_keywords' } });
  });

  it('are of one room: another has its own', async () => {
    const elsewhere = stack.rooms.make();
    const made = await put({});
    const cleo = elsewhere.join('Cleo', 'host');
    expect(await stack.bus.refusal(bot.removeKeyword, { roomId: elsewhere.id, keywordId: made.id }, cleo)).toBe('keyword_not_found');
    expect((await stack.bus.call(bot.keywords, { roomId: elsewhere.id }, cleo)).items.some(({ keyword }) => keyword === 'wifi')).toBe(
      false,
    );
  });

  it('that every room begins with are changed or silenced in one', async () => {
    const builtIn = (await list()).find(({ keyword }) => keyword === 'who is the host')!;
    expect(builtIn.builtIn).toBe(true);
    await stack.bus.call(bot.removeKeyword, { roomId: room.id, keywordId: builtIn.id }, ann);
    expect((await list()).some(({ keyword }) => keyword === 'who is the host')).toBe(false);
    await room.say(ben, 'who is the host?');
    await settled();
    expect(room.posts).toHaveLength(1);
    const elsewhere = stack.rooms.make();
    await elsewhere.answerTo(await elsewhere.say(elsewhere.join('Cleo'), 'who is the host?'));
  });

  it('answer what is asked of the room, and leave other talk alone', async () => {
    await put({});
    await room.say(ben, 'We moved the wifi router.');
    await room.answerTo(await room.say(ben, 'What is the wifi password?'));
    expect(await firings()).toHaveLength(1);
  });

  it('answer no more often than they are told to, and in a thread where they are told to', async () => {
    await put({ everySeconds: 600, place: 'thread' });
    const question = await room.say(ben, 'wifi?');
    expect((await room.answerTo(question)).parentId).toBe(question.id);
    await room.say(ben, 'wifi?');
    expect(await firings()).toHaveLength(1);
    await stack.database.query(`update bot.keyword_firings set fired_at = fired_at - interval '11 minutes' where room_id = $1`, [room.id]);
    await room.say(ben, 'wifi?');
    await waitFor(async () => (await firings()).length === 2);
  });

  it('tell who tries them out what would fire, and why not', async () => {
    await put({});
    const test = (text: string) => stack.bus.call(bot.testKeywords, { roomId: room.id, text }, ann);
    expect(await test('What is the wifi?')).toMatchObject({ fires: { keyword: 'wifi' } });
    expect(await test('We moved the wifi router.')).toMatchObject({
      fires: null,
      reason: expect.stringContaining('nothing is asked') as string,
    });
    expect(await test('Nothing here')).toMatchObject({ fires: null, reason: 'No keyword stands in it.' });
  });

  it.each([{ keyword: '???' }, { keyword: '' }, { keyword: 'two\nlines' }, { answer: ' \u200b ' }, { everySeconds: -1 }])(
    'are refused where nothing could be met or said: %j',
    async (input) => {
      const whole = { roomId: room.id, keyword: 'wifi', answer: 'x', ...input };
      expect(await stack.bus.refusal(bot.putKeyword, whole, ann)).toBe('validation_failed');
    },
  );
});
