import { bot, botSignals, pollIdOf, type Poll } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
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
  ann = room.join('Ann', 'host');
  ben = room.join('Ben');
});
afterAll(cleanUp);

const ask = async (text: string, userId = ben): Promise<string> => {
  const { message } = await stack.bus.call(bot.run, { roomId: room.id, text }, userId);
  return pollIdOf(message?.clientId)!;
};
const poll = async (pollId: string, userId = ann): Promise<Poll> =>
  (await stack.bus.call(bot.polls, { roomId: room.id, pollIds: [pollId] }, userId)).items[0]!;
const vote = (pollId: string, options: number[], userId = ann) => stack.bus.call(bot.vote, { roomId: room.id, pollId, options }, userId);
const refusalOf = (pollId: string, options: number[], userId = ann) =>
  stack.bus.refusal(bot.vote, { roomId: room.id, pollId, options }, userId);

describe('A poll', () => {
  it('is a message of the room, and its votes are told live', async () => {
    const heard = await stack.bus.hear(botSignals.poll);
    const pollId = await ask('/poll Lunch? | Pizza | Soup');
    expect(room.posts[0]?.body).toMatch(/Poll by Ben\*\*: Lunch\?[\s\S]*1\. Pizza\n2\. Soup/);
    expect(await poll(pollId)).toMatchObject({ question: 'Lunch?', messageId: room.posts[0]?.id, voters: 0, mine: [] });
    expect(await vote(pollId, [1])).toMatchObject({ voters: 1, mine: [1], options: [{ votes: 0 }, { votes: 1, userIds: [ann] }] });
    await waitFor(() => heard.some((told) => told.pollId === pollId && told.poll?.options[1]?.votes === 1));
    expect(heard.every((told) => told.poll?.mine === undefined)).toBe(true);
  });

  it('takes one choice, which may change and be taken back, or several where it says so', async () => {
    const single = await ask('/poll A? | x | y');
    await vote(single, [0]);
    expect((await vote(single, [1])).options.map((option) => option.votes)).toEqual([0, 1]);
    expect((await vote(single, [])).voters).toBe(0);
    expect(await refusalOf(single, [0, 1])).toBe('validation_failed');
    expect(await refusalOf(single, [2])).toBe('validation_failed');
    const several = await ask('/poll B? --multiple | x | y | z');
    expect((await vote(several, [0, 2, 2])).options.map((option) => option.votes)).toEqual([1, 0, 1]);
  });

  it('counts each person once, however many vote at the same time', async () => {
    const pollId = await ask('/poll A? | x | y');
    await Promise.all([0, 1, 0, 1, 0].map((option) => vote(pollId, [option])));
    expect((await poll(pollId)).voters).toBe(1);
  });

  it('names nobody where votes are secret', async () => {
    const pollId = await ask('/poll A? | x | y --anonymous');
    await vote(pollId, [0]);
    expect((await poll(pollId, ben)).options[0]).toEqual({ text: 'x', votes: 1, userIds: [] });
  });

  it('is closed by its author or a moderator, and then takes no vote', async () => {
    const pollId = await ask('/poll A? | x | y', ann);
    expect(await stack.bus.refusal(bot.closePoll, { roomId: room.id, pollId }, ben)).toBe('forbidden');
    expect((await stack.bus.call(bot.closePoll, { roomId: room.id, pollId }, ann)).closedAt).not.toBeNull();
    expect(await refusalOf(pollId, [0])).toBe('poll_closed');
  });

  it('is there for members of its room alone, and who is muted does not vote', async () => {
    const pollId = await ask('/poll A? | x | y');
    expect(await refusalOf(pollId, [0], uuidv7())).toBe('not_a_member');
    const elsewhere = stack.rooms.make();
    const cleo = elsewhere.join('Cleo');
    expect(await stack.bus.refusal(bot.vote, { roomId: elsewhere.id, pollId, options: [0] }, cleo)).toBe('poll_not_found');
    expect((await stack.bus.call(bot.polls, { roomId: elsewhere.id, pollIds: [pollId] }, cleo)).items).toEqual([]);
    room.members.get(ben)!.mutedUntil = new Date(Date.now() + 60_000).toISOString();
    expect(await refusalOf(pollId, [0], ben)).toBe('muted');
  });

  it('goes with its message', async () => {
    const pollId = await ask('/poll A? | x | y');
    const heard = await stack.bus.hear(botSignals.poll);
    await room.deleteMessage(room.posts[0]!.id);
    await waitFor(() => heard.some((told) => told.pollId === pollId && told.poll === null));
    expect(await refusalOf(pollId, [0])).toBe('poll_not_found');
  });

  it('that was posted as a message is made once, however often the message is delivered', async () => {
    const message = await room.say(ben, '/poll Lunch? | Pizza | Soup');
    await waitFor(() => room.posts.length === 1);
    await room.tellAgain(message.seq);
    await room.answerTo(await room.say(ann, '/help'));
    expect(room.posts.filter((post) => pollIdOf(post.clientId) !== undefined)).toHaveLength(1);
    expect(await poll(pollIdOf(room.posts[0]!.clientId)!)).toMatchObject({ authorId: ben, messageId: room.posts[0]!.id });
  });
});
