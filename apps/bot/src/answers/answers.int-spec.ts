import { botSignals } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import type { TestRoom } from '../../test/a-room.ts';
import { aBotService, type BotStack } from '../../test/bot-stack.ts';

let stack: BotStack;
let room: TestRoom;
let ann: string;

beforeAll(async () => {
  stack = await aBotService();
});
beforeEach(() => {
  room = stack.rooms.make();
  ann = room.join('Ann', 'host');
  stack.rooms.filesAway = false;
});
afterAll(cleanUp);

/** Entries of a room are handled in order: once this is answered, all before it was decided. */
const settled = async () => room.answerTo(await room.say(ann, '/help'));
const answersSoFar = async () => {
  const last = await settled();
  return room.posts.filter((post) => post !== last).map((post) => post.body);
};

/** The newest switch of the room that the bot has taken in. */
const lastSwitch = async () => {
  const sql = 'select toggled_seq from bot.room_states where room_id = $1';
  return (await stack.database.query<{ toggled_seq: number }>(sql, [room.id]))[0]?.toggled_seq;
};

describe('a command', () => {
  it('that takes long is said to, to its author alone, until its answer is in the room', async () => {
    const notes = await stack.bus.hear(botSignals.note);
    let answer = (): void => undefined;
    stack.rooms.fileAnswer = () => new Promise((resolve) => (answer = () => resolve({ answer: 'At last.' })));
    const message = await room.say(ann, '/ask When?');
    const told = (working: boolean) =>
      notes.some(({ userId, note }) => userId === ann && note.id === message.id && (note.working ?? false) === working);
    await waitFor(() => told(true));
    expect(room.posts).toEqual([]);
    answer();
    expect((await room.answerTo(message)).body).toContain('At last.');
    await waitFor(() => told(false));
  });

  it('is answered in the room, by a post of the bot', async () => {
    const answer = await room.answerTo(await room.say(ann, '/help'));
    expect(answer).toMatchObject({ kind: 'bot' });
    expect(answer.parentId).toBeUndefined();
    for (const part of ['/help', '/status', '/summary', 'hello']) expect(answer.body).toContain(part);
  });

  it('is answered in the thread it was given in', async () => {
    const root = await room.say(ann, 'a root');
    const answer = await room.answerTo(await room.say(ann, '/help', { parentId: root.id }));
    expect(answer.parentId).toBe(root.id);
  });

  it('that nobody knows is told its author alone, with the nearest names; literal text is nothing to tell', async () => {
    const notes = await stack.bus.hear(botSignals.note);
    await room.say(ann, '/sumary');
    await waitFor(() => notes.some(({ userId, note }) => userId === ann && note.body.includes('/summary')));
    await room.say(ann, '//dance');
    await room.say(ann, '/usr/bin/env');
    expect(await answersSoFar()).toEqual([]);
    expect(notes).toHaveLength(1);
  });

  it('is answered once, however often it is delivered and by however many instances', async () => {
    const another = await stack.startAnother();
    const message = await room.say(ann, '/help');
    const answer = await room.answerTo(message);
    for (let i = 0; i < 5; i++) await room.tellAgain(message.seq);
    await settled();
    expect(room.posts.filter((post) => post.clientId === answer.clientId)).toHaveLength(1);
    await another.close();
  });

  it('is not answered two minutes late', async () => {
    await room.say(ann, '/status', { createdAt: new Date(Date.now() - 121_000).toISOString() });
    expect(await answersSoFar()).toEqual([]);
  });

  it('is not answered to somebody who is out', async () => {
    const ben = room.join('Ben');
    room.members.delete(ben);
    await room.say(ben, '/status');
    expect(await answersSoFar()).toEqual([]);
  });
});

describe('the loop guard', () => {
  it('lets posts of the bot and of the system trigger nothing', async () => {
    await room.say(ann, '/status', { kind: 'system' });
    await room.post({ body: '/status', clientId: 'from elsewhere' });
    await room.post({ body: 'hello', clientId: 'from elsewhere too' });
    expect(await answersSoFar()).toEqual(['/status', 'hello']);
  });

  it('stops at ten posts a minute in one room, and leaves other rooms alone', async () => {
    const asked = stack.rooms.membershipCalls;
    for (let i = 0; i < 14; i++) await room.say(ann, '/help');
    // One question for the room, one for each command; the last of them is decided before the next message is.
    await waitFor(() => stack.rooms.membershipCalls === asked + 15);
    const elsewhere = stack.rooms.make();
    await elsewhere.answerTo(await elsewhere.say(elsewhere.join('Ben'), '/help'));
    await room.switchBot(true);
    await waitFor(async () => (await lastSwitch()) === room.log.length);
    expect(room.posts).toHaveLength(10);
    await stack.database.query(`update bot.answers set created_at = created_at - interval '1 minute' where room_id = $1`, [room.id]);
    await settled();
    expect(room.posts).toHaveLength(11);
  });
});

describe('keywords', () => {
  it('are answered where they stand as whole words', async () => {
    expect((await room.answerTo(await room.say(ann, 'Hello, bot!'))).body).toContain('/help');
    await room.say(ann, 'Othello is a play');
    expect(await answersSoFar()).toHaveLength(1);
  });
});

describe('a bot that is off', () => {
  it('answers nothing from that entry on, and nothing of it after it is on again', async () => {
    await room.answerTo(await room.say(ann, 'hello'));
    await room.switchBot(false);
    const readsBefore = stack.rooms.reads.length;
    await room.say(ann, '/status');
    await room.say(ann, 'hello');
    await room.switchBot(true);
    await settled();
    expect(room.posts).toHaveLength(2);
    expect(stack.rooms.reads.slice(readsBefore)).toEqual([]);
  });

  it('keeps silent where only rooms knows yet that it is off', async () => {
    await room.answerTo(await room.say(ann, 'hello'));
    await room.switchBot(false, { told: false });
    const asked = stack.rooms.membershipCalls;
    await room.say(ann, '/status');
    await waitFor(() => stack.rooms.membershipCalls > asked);
    await room.switchBot(true, { told: false });
    expect(await answersSoFar()).toHaveLength(1);
  });

  it('answers what was said after it was switched on, though another instance takes that in later', async () => {
    await room.switchBot(false);
    await waitFor(async () => (await lastSwitch()) === room.log.length);
    const asked = stack.rooms.membershipCalls;
    await room.switchBot(true, { told: 'later' });
    const switchedAt = room.log.length;
    const question = await room.say(ann, '/help');
    await waitFor(() => stack.rooms.membershipCalls > asked, { what: 'the question to be considered' });
    await room.tellAgain(switchedAt);
    expect((await room.answerTo(question)).body).toContain('/help');
  });

  it('lets go of an answer that was under way when it was switched off', async () => {
    room.refusesPosts = true;
    const message = await room.say(ann, '/help');
    const letGo = 'select 1 from bot.answers where message_id = $1 and posted_at is not null';
    await waitFor(async () => (await stack.database.query(letGo, [message.id])).length === 1, { what: 'the answer to be let go of' });
    room.refusesPosts = false;
    await settled();
    expect(room.posts).toHaveLength(1);
  });

  it('keeps silent in a room that it meets switched off', async () => {
    const quiet = stack.rooms.make({ botEnabled: false });
    const ben = quiet.join('Ben');
    const asked = stack.rooms.membershipCalls;
    await quiet.say(ben, '/status');
    await waitFor(() => stack.rooms.membershipCalls > asked);
    await quiet.switchBot(true);
    await quiet.answerTo(await quiet.say(ben, '/help'));
    expect(quiet.posts).toHaveLength(1);
  });
});
