import { AppError, accountEvents, bot, botSignals, type CommandReply, type Interaction, type PayloadOf } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import { Receiver } from '../../test/a-receiver.ts';
import type { TestRoom } from '../../test/a-room.ts';
import { aBotService, type BotStack } from '../../test/bot-stack.ts';

let stack: BotStack;
let receiver: Receiver;
let room: TestRoom;
let ann: string;
let ben: string;
let deployer: string;
let notes: PayloadOf<typeof botSignals.note>[];
let calls: PayloadOf<typeof botSignals.interaction>[];

beforeAll(async () => {
  stack = await aBotService({ BOT_WEBHOOK_NETWORKS: '127.0.0.1/32' });
  await stack.startAnother();
  receiver = await Receiver.start();
  notes = await stack.bus.hear(botSignals.note);
  calls = await stack.bus.hear(botSignals.interaction);
});
beforeEach(() => {
  room = stack.rooms.make({ name: 'Garden' });
  ann = room.join('Ann', 'host');
  ben = room.join('Ben');
  deployer = room.joinBot('Deployer');
  stack.rooms.owners.set(deployer, ann);
  receiver.received.length = 0;
  notes.length = 0;
});
afterAll(cleanUp);

const DEPLOY = {
  name: 'deploy',
  description: 'Brings a version out.',
  arguments: [
    { name: 'where', type: 'choice' as const, choices: ['staging', 'production'], required: true },
    { name: 'when', type: 'time' as const },
  ],
};
const register = (more: object = {}, actorId = deployer) =>
  stack.bus.call(bot.registerCommands, { botId: deployer, commands: [DEPLOY], ...more }, actorId);
const run = (text: string, more: object = {}, userId = ben): Promise<CommandReply> =>
  stack.bus.call(bot.run, { roomId: room.id, text, ...more }, userId);
const refused = async (attempt: Promise<unknown>): Promise<AppError> => {
  const outcome = await attempt.catch((error: unknown) => error);
  if (!(outcome instanceof AppError)) throw new Error('it was not refused');
  return outcome;
};
const answer = (interactionId: string, words: object, botId = deployer) =>
  stack.bus.call(bot.answerInteraction, { interactionId, answer: { body: 'Done.', ...words } }, botId);
/** What the bot is told over its socket. */
const told = async (): Promise<Interaction> => {
  const call = await waitFor(() => calls.find(({ botId }) => botId === deployer));
  const { interaction } = await stack.bus.call(bot.takeInteraction, { interactionId: call.interactionId });
  return interaction!;
};

/** What Ben is told with these words: as the reply, or in the place of "working" where this machine is slow. */
const noted = async (body: string) => (await waitFor(() => notes.find(({ userId, note }) => userId === ben && note.body === body))).note;

describe('The commands of a bot of somebody’s own', () => {
  it('are registered by itself or its owner, and are there for those who share a room with it', async () => {
    const { commands } = await register();
    expect(commands).toMatchObject([{ name: 'deploy', usage: '/deploy <where> [when]', allowedRoles: ['host', 'moderator', 'member'] }]);
    await register({ commands: [DEPLOY, { name: 'rollback', description: 'Takes it back.', allowedRoles: ['host'] }] }, ann);
    const namesFor = async (userId: string) => {
      const { items } = await stack.bus.call(bot.commands, { roomId: room.id }, userId);
      return items.filter((one) => one.bot).map(({ name, bot: by }) => [name, by?.name]);
    };
    expect(await namesFor(ben)).toEqual([['deploy', 'Deployer']]);
    expect(await namesFor(ann)).toEqual([
      ['deploy', 'Deployer'],
      ['rollback', 'Deployer'],
    ]);
    expect((await run('/help')).note?.body).toContain('`/deploy <where> [when]` – Brings a version out. (Deployer)');
    room.members.delete(deployer);
    expect(await namesFor(ben)).toEqual([]);
    expect(await refused(run('/deploy staging'))).toMatchObject({ code: 'unknown_command' });
  });

  it.each([
    ['by somebody else', {}, () => ben, 'bot_not_found'],
    ['under a name that the room bot has', { commands: [{ name: 'help', description: 'x' }] }, () => deployer, 'validation_failed'],
    ['twice under one name', { commands: [DEPLOY, DEPLOY] }, () => deployer, 'validation_failed'],
    ['to be posted to an address inside', { url: 'http://10.0.0.1/x' }, () => deployer, 'validation_failed'],
  ])('are not registered %s', async (_how, more, actor, code) => {
    expect((await refused(register(more, actor()))).code).toBe(code);
  });

  it('are refused where they are written wrong, before the bot hears of them', async () => {
    await register();
    expect(await refused(run('/deploy nowhere'))).toMatchObject({ code: 'validation_failed', data: { errors: [{ path: 'where' }] } });
    expect(await refused(run('/deploi staging'))).toMatchObject({ code: 'unknown_command', data: { nearest: ['/deploy'] } });
    expect(calls.filter(({ botId }) => botId === deployer)).toEqual([]);
  });

  it('are not run by bots', async () => {
    await register();
    expect((await refused(run('/deploy staging', {}, deployer))).code).toBe('forbidden');
  });

  it('go when its account or its owner is shut out, come back with them, and are gone for good when it is removed', async () => {
    await register();
    const names = async () => (await stack.bus.call(bot.commands, { roomId: room.id }, ben)).items.map(({ name }) => name);
    const disable = (disabled: boolean) =>
      stack.bus.tell(accountEvents.userDisabled, { userId: deployer, disabled, at: new Date().toISOString(), actorId: ann, reason: '' });
    await disable(true);
    await waitFor(async () => !(await names()).includes('deploy'));
    await disable(false);
    await waitFor(async () => (await names()).includes('deploy'));
    await stack.bus.tell(accountEvents.botRemoved, { botId: deployer, ownerId: ann, at: new Date().toISOString() });
    await waitFor(async () => !(await names()).includes('deploy'));
  });
});

describe('A command that a bot answers over its socket', () => {
  beforeEach(() => register());

  it('reaches one gateway, with the arguments as they are meant, and is answered with a note', async () => {
    const running = run('/deploy production tomorrow 9:00', { timeZone: 'Europe/Berlin' });
    const interaction = await told();
    expect(interaction).toMatchObject({
      command: 'deploy',
      text: '/deploy production tomorrow 9:00',
      user: { id: ben, username: 'ben', role: 'member' },
      values: { where: 'production', when: expect.stringMatching(/T\d\d:00:00\.000Z$/) as string },
      public: false,
    });
    expect((await stack.bus.call(bot.takeInteraction, { interactionId: interaction.id })).interaction).toBeNull();
    const buttons = [{ label: 'Undo', command: '/rollback production' }];
    await answer(interaction.id, { body: 'It is **out**.', links: [{ label: 'Log', href: 'https://ci.example/1' }], buttons });
    await running;
    const note = await noted('It is **out**.');
    expect(note).toMatchObject({ links: [{ label: 'Log' }], buttons, command: '/deploy production tomorrow 9:00' });
    expect(room.posts).toEqual([]);
  });

  it('is answered once, by that bot alone', async () => {
    const running = run('/deploy staging');
    const { id } = await told();
    const other = room.joinBot('Other');
    expect((await refused(answer(id, {}, other))).code).toBe('interaction_not_found');
    const outcomes = await Promise.allSettled([answer(id, { body: 'one' }), answer(id, { body: 'two' })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await refused(answer(id, {}))).code).toBe('interaction_over');
    await running;
  });

  it('is answered in the room with --public, where the bot wants it so, and where it was posted: as the bot', async () => {
    const running = run('/deploy staging --public');
    await answer((await told()).id, { body: 'Out.' });
    await running;
    expect(room.posts[0]).toMatchObject({ kind: 'bot', authorId: deployer, body: 'Ben asked `/deploy staging --public`\n\nOut.' });
    calls.length = 0;
    await room.say(ben, '/deploy production');
    const posted = await told();
    expect(posted.public).toBe(true);
    expect(await answer(posted.id, { body: 'Out as well.' })).toMatchObject({ message: { authorId: deployer, body: 'Out as well.' } });
  });

  it('that was posted and is delivered again is told once', async () => {
    const message = await room.say(ben, '/deploy production');
    await told();
    const heard = calls.filter(({ botId }) => botId === deployer).length;
    await room.tellAgain(message.seq);
    const after = await room.say(ben, '/help');
    await room.answerTo(after);
    expect(calls.filter(({ botId }) => botId === deployer)).toHaveLength(heard);
  });

  it('takes longer than three seconds: its caller hears so, and the answer takes that note’s place', async () => {
    const { note } = await run('/deploy staging');
    expect(note).toMatchObject({ working: true });
    await room.say(ben, '/deploy production');
    const ofPosted = await waitFor(() =>
      notes.find(({ userId, note: one }) => userId === ben && one.working && one.command === '/deploy production'),
    );
    expect(ofPosted.note.id).not.toBe(note!.id);
    const [first] = await stack.database.query<{ id: string }>('select id from bot.interactions where source_id = $1', [note!.id]);
    await answer(first!.id, { body: 'At last.' });
    await waitFor(() => notes.some((one) => one.note.id === note!.id && one.note.body === 'At last.'));
  });

  it('and is not answered in time ends with the reason, and cannot be answered any more', async () => {
    const running = run('/deploy staging').catch((error: unknown) => error);
    const { id } = await told();
    await stack.database.query('update bot.interactions set expires_at = now() where id = $1', [id]);
    await waitFor(() => notes.some(({ userId, note }) => userId === ben && note.body.includes('did not answer')));
    await running;
    expect((await refused(answer(id, {}))).code).toBe('interaction_over');
  });

  it('goes to another socket of the bot when the first is gone before it answered, and is answered once', async () => {
    const running = run('/deploy staging');
    const { id } = await told();
    calls.length = 0;
    await stack.bus.call(bot.releaseInteraction, { interactionId: id });
    expect((await told()).id).toBe(id);
    await answer(id, { body: 'By the other.' });
    await running;
    await noted('By the other.');
    await stack.bus.call(bot.releaseInteraction, { interactionId: id });
    expect((await stack.bus.call(bot.takeInteraction, { interactionId: id })).interaction).toBeNull();
    expect((await refused(answer(id, { body: 'By the first.' }))).code).toBe('interaction_over');
  });

  it('is offered until the bot has a socket', async () => {
    const running = run('/deploy staging');
    const first = await waitFor(() => calls.find(({ botId }) => botId === deployer));
    await waitFor(() => calls.filter(({ interactionId }) => interactionId === first.interactionId).length > 1);
    await answer((await told()).id, { body: 'Back again.' });
    await running;
    await noted('Back again.');
  });

  it('ends with the reason when the bot stays away', async () => {
    const running = run('/deploy staging').catch((error: unknown) => error);
    const { interactionId } = await waitFor(() => calls.find(({ botId }) => botId === deployer));
    await stack.database.query(`update bot.interactions set created_at = now() - interval '16 seconds' where id = $1`, [interactionId]);
    await waitFor(() => notes.some(({ userId, note }) => userId === ben && note.body.includes('It is not connected.')));
    await running;
    expect((await refused(answer(interactionId, {}))).code).toBe('interaction_over');
  });

  it('is neither told nor answered while bots are off', async () => {
    const running = run('/deploy staging');
    const { id } = await told();
    await room.switchBot(false);
    expect((await refused(answer(id, {}))).code).toBe('forbidden');
    calls.length = 0;
    expect((await run('/deploy staging')).note?.body).toContain('off');
    expect(calls).toEqual([]);
    await room.switchBot(true);
    await answer(id, {});
    await running;
  });
});

describe('A command that a bot answers by requests', () => {
  let secret: string;
  const answerWith = (words: object | undefined) =>
    (receiver.respond = (response: ServerResponse) => response.end(words && JSON.stringify(words)));

  beforeEach(async () => {
    secret = (await register({ url: `${receiver.url}/${deployer}` })).secret!;
    answerWith({ body: 'Out.' });
  });

  it('arrives once, signed, whichever instance sends it; what is answered to it is the answer', async () => {
    await run('/deploy staging');
    await noted('Out.');
    const [request, ...more] = receiver.at(`/${deployer}`);
    expect(more).toEqual([]);
    const { 'x-atrium-signature': signature, 'x-atrium-timestamp': timestamp, 'x-atrium-event': event } = request!.headers;
    expect(signature).toBe(
      `sha256=${createHmac('sha256', secret)
        .update(`${timestamp as string}.${request!.body}`)
        .digest('hex')}`,
    );
    expect(event).toBe('interaction');
    expect(JSON.parse(request!.body)).toMatchObject({ command: 'deploy', values: { where: 'staging' }, roomId: room.id });
  });

  it('may be answered later', async () => {
    answerWith(undefined);
    const running = run('/deploy staging');
    const request = await waitFor(() => receiver.at(`/${deployer}`)[0]);
    await answer((JSON.parse(request.body) as Interaction).id, { body: 'Later.' });
    await running;
    await noted('Later.');
  });

  it('and is answered with something else ends with a reason', async () => {
    answerWith({ words: 'no' });
    const running = run('/deploy staging').catch((error: unknown) => error);
    await waitFor(() => notes.some(({ userId, note }) => userId === ben && note.body.includes('{"body": …}')));
    await running;
  });

  it('is signed with a secret that is told once, sealed in the database, and renewed when asked', async () => {
    expect((await register()).secret).toBeUndefined();
    const [row] = await stack.database.query<{ signing_secret: string }>('select signing_secret from bot.registrations where bot_id = $1', [
      deployer,
    ]);
    expect(row!.signing_secret).not.toContain(secret);
    const renewed = (await register({ renewSecret: true })).secret!;
    expect(renewed).not.toBe(secret);
    secret = renewed;
    await run('/deploy staging');
    const { headers, body } = receiver.at(`/${deployer}`)[0]!;
    const signed = createHmac('sha256', renewed)
      .update(`${headers['x-atrium-timestamp'] as string}.${body}`)
      .digest('hex');
    expect(headers['x-atrium-signature']).toBe(`sha256=${signed}`);
  });
});

it('An interaction that nobody knows is not answered', async () => {
  expect((await refused(answer(uuidv7(), {}))).code).toBe('interaction_not_found');
});
