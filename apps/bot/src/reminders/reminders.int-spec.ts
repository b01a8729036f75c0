import { bot, botSignals, type PayloadOf } from '@atrium/contracts';
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
  room = stack.rooms.make();
  ann = room.join('Ann', 'host');
  ben = room.join('Ben');
});
afterAll(cleanUp);

const run = async (text: string, more: object = {}, userId = ben) =>
  (await stack.bus.call(bot.run, { roomId: room.id, text, ...more }, userId)).note?.body ?? '';
const list = async (userId = ben) => (await stack.bus.call(bot.reminders, { roomId: room.id }, userId)).items;
/** Lets every reminder of the room fall due. */
const letTimePass = () => stack.database.query(`update bot.reminders set due_at = now() where room_id = $1`, [room.id]);
const told = (text: string) => notes.filter(({ userId, note }) => userId === ben && note.body.includes(`Reminder**: ${text}`));

describe('A reminder', () => {
  it('is set on its owner’s clock, listed and cancelled', async () => {
    expect(await run('/remind tomorrow 9 water the roses', { timeZone: 'Europe/Berlin' })).toMatch(
      /you tomorrow at 09:00 \(Europe\/Berlin\): water/,
    );
    await run('/remind every Monday 9:00 sync', { timeZone: 'Europe/Berlin' });
    expect(await list()).toMatchObject(
      [
        { number: 1, text: 'water the roses', repeats: null },
        { number: 2, repeats: 'every Monday at 09:00' },
      ].sort(),
    );
    expect(await run('/remind list')).toMatch(/\*\*1\*\*[\s\S]*water the roses/);
    expect(await run('/remind cancel 1')).toContain('cancelled');
    expect((await list()).map((reminder) => reminder.number)).toEqual([2]);
    const again = { roomId: room.id, text: '/remind cancel 1' };
    expect(await stack.bus.refusal(bot.run, again, ben)).toBe('validation_failed');
  });

  it('keeps the clock of a zone that its time names, not that of its owner', async () => {
    const said = await run('/remind every day at 9 Asia/Tokyo call the shop', { timeZone: 'Europe/Berlin' });
    expect(said).toMatch(/every day at 09:00 \(Asia\/Tokyo\), first t\w+ at 09:00 \(Asia\/Tokyo\): call the shop/);
    expect(await list()).toMatchObject([{ text: 'call the shop', repeats: 'every day at 09:00', timeZone: 'Asia/Tokyo' }]);
  });

  it('is taken back, and set once more after it was told, by the buttons of its notes', async () => {
    const buttonsOf = async (text: string) => (await stack.bus.call(bot.run, { roomId: room.id, text }, ben)).note?.buttons;
    expect(await buttonsOf('/remind in 2 hours air the room')).toEqual([{ label: 'Cancel', command: '/remind cancel 1' }]);
    await run('/remind in 3 hours shut the windows');
    expect(await buttonsOf('/remind list')).toEqual([
      { label: 'Cancel 1', command: '/remind cancel 1' },
      { label: 'Cancel 2', command: '/remind cancel 2' },
    ]);
    await letTimePass();
    await waitFor(() => told('air the room').length > 0);
    const [again] = told('air the room')[0]!.note.buttons!;
    expect(await run(again!.command)).toContain('I will remind you');
    expect((await list()).find(({ number }) => number === 3)).toMatchObject({ text: 'air the room', firedAt: null });
  });

  it('is its owner’s alone', async () => {
    await run('/remind in 20 min tea');
    const [reminder] = await list();
    expect(await list(ann)).toEqual([]);
    const cancel = { roomId: room.id, reminderId: reminder!.id };
    expect(await stack.bus.refusal(bot.cancelReminder, cancel, ann)).toBe('reminder_not_found');
    expect(await stack.bus.refusal(bot.reminders, { roomId: room.id }, uuidv7())).toBe('not_a_member');
    await stack.bus.call(bot.cancelReminder, cancel, ben);
    expect(await list()).toEqual([]);
  });

  it('is told to its owner once, by however many instances, and stays listed until it is put away', async () => {
    const another = await stack.startAnother();
    await run('/remind in 1 sec to stretch');
    await waitFor(() => told('stretch').length > 0);
    await waitFor(async () => (await list())[0]?.firedAt);
    await run('/remind in 1 sec breathe out');
    await waitFor(() => told('breathe out').length > 0);
    expect(told('stretch')).toHaveLength(1);
    expect(room.posts).toEqual([]);
    await another.close();
  });

  it('survives a restart of everything', async () => {
    await run('/remind in 2 hours lock the gate');
    await stack.restart(letTimePass);
    await waitFor(() => told('lock the gate').length > 0);
    await waitFor(async () => (await list())[0]?.firedAt);
    expect(told('lock the gate')).toHaveLength(1);
  });

  it('for the room is posted there, once', async () => {
    const another = await stack.startAnother();
    await run('/remind room in 2 hours stand-up');
    await letTimePass();
    await waitFor(() => room.posts.length > 0);
    await waitFor(async () => (await list())[0]?.firedAt);
    expect(room.posts.map((post) => post.body)).toEqual(['**Reminder** from Ben: stand-up']);
    expect(told('stand-up')).toEqual([]);
    await another.close();
  });

  it('for the room waits while slow mode has its owner wait, and is posted once', async () => {
    await run('/remind room in 2 hours stand-up');
    room.slowFor(ben, 3600);
    await letTimePass();
    const waits = `select 1 from bot.reminders where room_id = $1 and not done and due_at <= now() and not_before > now() + interval '59 minutes'`;
    await waitFor(async () => (await stack.database.query(waits, [room.id])).length === 1);
    expect(room.posts).toEqual([]);
    room.slowFor(ben, 0);
    await stack.database.query('update bot.reminders set not_before = now() where room_id = $1', [room.id]);
    await waitFor(async () => (await list())[0]?.firedAt);
    expect(room.posts.map((post) => post.body)).toEqual(['**Reminder** from Ben: stand-up']);
  });

  it('for the room whose post was not acknowledged is posted under the same name when it is tried again', async () => {
    await run('/remind room in 2 hours stand-up');
    room.losesReceipts = true;
    await letTimePass();
    const waits = 'select 1 from bot.reminders where room_id = $1 and not_before is not null';
    await waitFor(async () => (await stack.database.query(waits, [room.id])).length === 1);
    room.losesReceipts = false;
    await stack.database.query('update bot.reminders set not_before = now() where room_id = $1', [room.id]);
    await waitFor(async () => (await list())[0]?.firedAt);
    expect(room.posts.map((post) => post.body)).toEqual(['**Reminder** from Ben: stand-up']);
  });

  it.each([
    ['is muted', () => (room.members.get(ben)!.mutedUntil = new Date(Date.now() + 3_600_000).toISOString())],
    ['may not post there any more', () => (room.record.whoCanPost = 'moderators')],
  ])('for the room is not posted while its owner %s', async (_, silence) => {
    await run('/remind room in 2 hours stand-up');
    silence();
    await letTimePass();
    const missed = 'select 1 from bot.reminders where room_id = $1 and done and fired_at is null';
    await waitFor(async () => (await stack.database.query(missed, [room.id])).length === 1);
    expect(room.posts).toEqual([]);
  });

  it('that comes again is set anew when it was told', async () => {
    await run('/remind every day at 9 breathe');
    await letTimePass();
    await waitFor(() => told('breathe').length === 1);
    await waitFor(async () => (await list())[0]?.firedAt);
    const [reminder] = await list();
    expect(new Date(reminder!.dueAt).getTime()).toBeGreaterThan(Date.now());
  });

  it('is not told while the bot is off, nor afterwards, nor to who has left', async () => {
    await run('/remind in 2 hours quiet');
    await room.switchBot(false);
    await letTimePass();
    const missed = 'select 1 from bot.reminders where room_id = $1 and done and fired_at is null';
    await waitFor(async () => (await stack.database.query(missed, [room.id])).length === 1);
    await room.switchBot(true);
    await run('/remind in 2 hours gone');
    const membership = room.members.get(ben)!;
    room.members.delete(ben);
    await letTimePass();
    await waitFor(
      async () => (await stack.database.query('select 1 from bot.reminders where room_id = $1 and not done', [room.id])).length === 0,
    );
    room.members.set(ben, membership);
    expect([...told('quiet'), ...told('gone')]).toEqual([]);
  });

  it('goes with the message that set it', async () => {
    const message = await room.say(ben, '/remind in 2 hours tea');
    await room.answerTo(message);
    expect(await list()).toHaveLength(1);
    await room.deleteMessage(message.id);
    await waitFor(async () => (await list()).length === 0);
  });
});
