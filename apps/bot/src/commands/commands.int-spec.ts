import { bot } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
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
  room = stack.rooms.make({ name: 'Garden', memberCount: 2, onlineCount: 1 });
  ann = room.join('Ann', 'host');
  ben = room.join('Ben');
  room.record.hostId = ann;
  stack.rooms.filesAway = false;
});
afterAll(cleanUp);

const answer = async (userId: string, body: string, more = {}) => (await room.answerTo(await room.say(userId, body, more))).body;

describe('the list of commands', () => {
  it('is what /help tells, for members alone', async () => {
    const { items } = await stack.bus.call(bot.commands, { roomId: room.id }, ann);
    expect(items.map((command) => command.name)).toEqual([
      'help',
      'status',
      'summary',
      'ask',
      'files',
      'remind',
      'poll',
      'who',
      'topic',
      'dm',
      'invite',
      'mute',
    ]);
    const help = await answer(ann, '/help');
    for (const { usage, description } of items) expect(help).toContain(`\`${usage}\` – ${description}`);
    expect(await stack.bus.refusal(bot.commands, { roomId: room.id }, uuidv7())).toBe('not_a_member');
    expect(await stack.bus.refusal(bot.commands, { roomId: room.id })).toBe('unauthenticated');
    const hidden = stack.rooms.make({ visibility: 'private' });
    expect(await stack.bus.refusal(bot.commands, { roomId: hidden.id }, ann)).toBe('room_not_found');
    expect(await stack.bus.refusal(bot.commands, { roomId: uuidv7() }, ann)).toBe('room_not_found');
  });
});

describe('/status', () => {
  it('tells room, host, members, bot and files, read as the asker', async () => {
    const status = await answer(ben, '/status');
    for (const part of ['Garden', 'Host: Ann', '1 of 2 members', 'Bot: on', '2 waiting']) expect(status).toContain(part);
    expect(status).not.toMatch(/credit/i);
    const reads = stack.rooms.reads.filter((read) => read.roomId === room.id);
    expect(reads.map((read) => read.rpc).sort()).toEqual(['files.queueStatus', 'rooms.get']);
    expect(new Set(reads.map((read) => read.actorId))).toEqual(new Set([ben]));
  });

  it('does without the files while they are away', async () => {
    stack.rooms.filesAway = true;
    expect(await answer(ben, '/status')).toMatch(/Host: Ann[\s\S]*not known right now/);
  });
});

describe('/summary', () => {
  it('covers what the asker has not read, and links each point', async () => {
    await room.say(ann, 'This was read long ago.');
    room.markers.set(ben, { readSeq: 1 });
    await room.say(ann, 'We decided to plant roses.');
    await room.say(ann, 'Who brings the spade on Friday?');
    expect(await answer(ben, '/summary')).toBe(
      '**Summary** of 2 messages since you last read\n\n' +
        `- **Ann**: We decided to plant roses. [#2](/rooms/${room.id}?at=2)\n` +
        `- **Ann**: Who brings the spade on Friday? [#3](/rooms/${room.id}?at=3)`,
    );
    expect(stack.rooms.reads.filter((read) => read.rpc === 'messages.page' && read.actorId !== ben && read.roomId === room.id)).toEqual([]);
  });

  it('says so when nothing is new', async () => {
    await room.say(ann, 'This was read.');
    room.markers.set(ben, { readSeq: 1 });
    expect(await answer(ben, '/summary')).toContain('Nothing new');
  });

  it('starts at what the asker wrote last where no earlier marker is known', async () => {
    await room.say(ann, 'Before Ben spoke.');
    await room.say(ben, 'Ben speaks.');
    await room.say(ann, 'After Ben spoke.');
    room.markers.set(ben, { readSeq: 99 });
    const command = await room.say(ben, '/summary');
    room.markers.set(ben, { readSeq: command.seq });
    const { body } = await room.answerTo(command);
    expect(body).toContain('After Ben spoke.');
    expect(body).not.toContain('Before Ben spoke.');
  });

  it('covers the last N messages, a time, or the thread', async () => {
    const root = await room.say(ann, 'Root about tulips.', { createdAt: new Date(Date.now() - 7_200_000).toISOString() });
    await room.say(ann, 'A reply about bulbs.', { parentId: root.id });
    await room.say(ann, 'Something about the gate.');
    const last = await answer(ben, '/summary last 1');
    expect(last).toContain('the gate');
    expect(last).not.toContain('bulbs');
    const since = await answer(ben, '/summary since 1h');
    expect(since).toContain('bulbs');
    expect(since).not.toContain('tulips');
    const thread = await answer(ben, '/summary thread', { parentId: root.id });
    expect(thread).toMatch(/tulips[\s\S]*bulbs/);
    expect(thread).not.toContain('the gate');
    expect(await answer(ben, '/summary thread')).toContain('as a reply');
    expect(await answer(ben, '/summary of everything')).toContain('must be one of since, last, thread');
    expect(await answer(ben, '/summary last 501')).toContain('from 1 to 500');
  });

  it('reads more than one page, and no more than is useful', async () => {
    for (let i = 1; i <= 120; i++) {
      const message = { ...(await room.say(ann, `Remark ${i} stands by itself.`)) };
      expect(message.seq).toBe(i);
    }
    expect(await answer(ben, '/summary last 110')).toContain('of 110 messages');
  });

  it('tells a newcomer nothing of what the room hides from newcomers', async () => {
    room.record.historyVisibility = 'since_join';
    await room.say(ann, 'A secret of the old days.');
    await room.announceJoin(room.join('Cleo'));
    await room.say(ann, 'Everybody may know this.');
    const summary = await answer(ben, '/summary last 50');
    expect(summary).toContain('Everybody may know this.');
    expect(summary).not.toContain('secret');
  });
});
