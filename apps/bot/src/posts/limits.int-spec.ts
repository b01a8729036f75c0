import { bot, botSignals, type Interaction, type PayloadOf } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import type { TestRoom } from '../../test/a-room.ts';
import { aBotService, type BotStack } from '../../test/bot-stack.ts';

let stack: BotStack;
let room: TestRoom;
let ann: string;
let ben: string;
let deployer: string;
let calls: PayloadOf<typeof botSignals.interaction>[];

beforeAll(async () => {
  stack = await aBotService();
  await stack.startAnother();
  calls = await stack.bus.hear(botSignals.interaction);
});
beforeEach(async () => {
  room = stack.rooms.make();
  ann = room.join('Ann', 'host');
  ben = room.join('Ben');
  deployer = room.joinBot('Deployer');
  stack.rooms.owners.set(deployer, ann);
  calls.length = 0;
  await stack.bus.call(bot.registerCommands, { botId: deployer, commands: [{ name: 'deploy', description: 'Brings it out.' }] }, deployer);
});
afterAll(cleanUp);

const run = (text: string) => stack.bus.call(bot.run, { roomId: room.id, text }, ben);
const taken = async (): Promise<Interaction> => {
  const { interactionId } = await waitFor(() => calls.find(({ botId }) => botId === deployer));
  return (await stack.bus.call(bot.takeInteraction, { interactionId })).interaction!;
};
const webhook = () => stack.bus.call(bot.createWebhook, { roomId: room.id, kind: 'incoming', name: 'CI' }, ann);
type Hook = Awaited<ReturnType<typeof webhook>>;
const post = ({ webhook: { id: webhookId }, secret }: Hook) => ({ webhookId, secret, payload: '{"text":"/help"}', key: uuidv7() });
const dueNow = () => stack.database.query('update bot.reminders set due_at = now(), not_before = null where room_id = $1', [room.id]);
const reminders = (condition: string) => stack.database.query(`select 1 from bot.reminders where room_id = $1 and ${condition}`, [room.id]);

/** Has the bots say as much as they may in a minute. */
async function sayTenThings(): Promise<void> {
  for (let i = 0; i < 10; i++) await run('/who --public');
  expect(room.posts).toHaveLength(10);
}
/** Whatever was said so far has been read by the bot. */
async function afterHelp(): Promise<void> {
  await room.answerTo(await room.say(ben, '/help'));
}
async function switchOff(): Promise<void> {
  room.refusesPosts = true;
  await room.switchBot(false);
}

describe('What the bot posts', () => {
  it.each([
    ['for --public', () => run('/who --public')],
    ['as a poll', () => run('/poll /help or not? | yes | no')],
    ['for a webhook', async () => stack.bus.call(bot.takeWebhook, post(await webhook()))],
    [
      'as a reminder of the room',
      async () => {
        await run('/remind room in 2 hours /help');
        await dueNow();
      },
    ],
    [
      'as somebody’s own bot',
      async () => {
        const running = run('/deploy --public');
        await stack.bus.call(bot.answerInteraction, { interactionId: (await taken()).id, answer: { body: '/help' } }, deployer);
        await running;
      },
    ],
  ])('%s triggers nothing, whatever it says', async (_how, say) => {
    await say();
    await waitFor(() => room.posts.length === 1);
    await afterHelp();
    expect(room.posts).toHaveLength(2);
  });

  it.each([
    ['a command with --public', () => stack.bus.refusal(bot.run, { roomId: room.id, text: '/who --public' }, ben)],
    ['a poll', () => stack.bus.refusal(bot.run, { roomId: room.id, text: '/poll A? | x | y' }, ben)],
    [
      'an answer of somebody’s own bot',
      async () => {
        const running = run('/deploy --public').catch(() => undefined);
        const answer = { interactionId: (await taken()).id, answer: { body: 'Out.' } };
        const code = await stack.bus.refusal(bot.answerInteraction, answer, deployer);
        await stack.database.query('update bot.interactions set expires_at = now() where room_id = $1', [room.id]);
        await running;
        return code;
      },
    ],
  ])('is refused beyond ten things a minute in one room: %s', async (_what, refusal) => {
    await sayTenThings();
    expect(await refusal()).toBe('rate_limited');
    expect(room.posts).toHaveLength(10);
  });

  it('waits where it is a reminder beyond ten things a minute, and is said when there is room for it', async () => {
    await run('/remind room in 2 hours stand-up');
    await sayTenThings();
    await dueNow();
    await waitFor(async () => (await reminders('not_before > now() and not done')).length === 1);
    expect(room.posts).toHaveLength(10);
    await stack.database.query(`update bot.answers set created_at = created_at - interval '1 minute' where room_id = $1`, [room.id]);
    await dueNow();
    await waitFor(() => room.posts.length === 11);
    expect(room.posts[10]?.body).toContain('stand-up');
  });

  it('is nothing while bots are off: not for commands, polls, webhooks, reminders, nor as somebody’s own bot', async () => {
    const hook = await webhook();
    await run('/remind room in 2 hours stand-up');
    const running = run('/deploy --public').catch(() => undefined);
    const { id: interactionId } = await taken();
    await switchOff();
    for (const text of ['/who --public', '/poll A? | x | y', '/deploy --public']) expect((await run(text)).note?.body).toContain('off');
    expect(await stack.bus.refusal(bot.takeWebhook, post(hook))).toBe('forbidden');
    expect(await stack.bus.refusal(bot.answerInteraction, { interactionId, answer: { body: 'Out.' } }, deployer)).toBe('forbidden');
    await dueNow();
    await waitFor(async () => (await reminders('done and fired_at is null')).length === 1);
    expect(room.posts).toEqual([]);
    await stack.database.query('update bot.interactions set expires_at = now() where id = $1', [interactionId]);
    await running;
  });
});
