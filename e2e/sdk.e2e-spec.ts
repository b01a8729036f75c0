import { randomUUID } from 'node:crypto';
import type { Bot, Message, Room } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Window } from './browser/support/window.ts';
import { Person, request } from './support/person.ts';
import { SdkProject, recipes } from './support/sdk-project.ts';
import { url } from './support/stack.ts';

const WITHIN = { withinMs: 40_000 };
const TITLES = {
  'say.ts': 'Say something, and know that it is stored',
  'follow.ts': 'Follow a room without missing anything',
  'bot.ts': 'A bot with a command',
  'ask.ts': 'Ask a file',
  'report.ts': 'Report from a script, once',
};
const ENV = { ATRIUM_URL: url };

let project: SdkProject;
let ann: Person;
let room: Room;

beforeAll(async () => {
  project = await SdkProject.make();
  const written = await recipes();
  for (const [file, title] of Object.entries(TITLES)) await project.write(file, written.get(title)!);
  await project.take('examples/dice-bot/bot.ts', 'dice-bot.ts');
  ann = await Person.register('ann');
  room = await ann.createRoom();
}, 240_000);
afterAll(cleanUp);

/** A bot of Ann's in her room. */
async function aBot(name: string): Promise<Bot & { token: string }> {
  const bot = await ann.do<Bot & { token: string }>('POST', '/api/me/bots', { name: `${name} ${randomUUID().slice(0, 8)}` });
  await ann.do('POST', `/api/rooms/${room.id}/members`, { userIds: [bot.id] });
  return bot;
}

const offered = (name: string) =>
  waitFor(async () => {
    const { items } = await ann.do<{ items: { name: string }[] }>('GET', `/api/rooms/${room.id}/commands`);
    return items.some((command) => command.name === name);
  }, WITHIN);
const saidBy = (bot: Bot) =>
  waitFor(async () => (await ann.messages(room)).find((message: Message) => message.authorId === bot.id), WITHIN);

describe('the SDK as a package', () => {
  it('needs no other package, has the license and the reference with it, and is of the version that the server speaks', async () => {
    const manifest = JSON.parse(await project.read('node_modules/@atrium/client/package.json')) as Record<string, unknown>;
    const served = await request<{ info: { version: string } }>('GET', '/api/openapi.json');
    expect(manifest).toMatchObject({ version: served.body.info.version, type: 'module', license: 'MIT', sideEffects: false });
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('private');
    expect(await project.read('node_modules/@atrium/client/LICENSE')).toContain('MIT License');
    expect(await project.read('node_modules/@atrium/client/API.md')).toContain('# Reference of @atrium/client');
    expect(await project.read('node_modules/@atrium/client/dist/index.js')).not.toMatch(/^import /m);
  });

  it('has types that hold by themselves, and in which every recipe and the example bot compile', async () => {
    await project.write(
      'wrong.ts',
      `import { AtriumClient } from '@atrium/client';\nnew AtriumClient({ baseUrl: 7, tokenTransport: 'body' });\n`,
    );
    expect((await project.typeCheck()).trim()).toMatch(
      /^wrong\.ts\(2,20\): error TS2322: Type 'number' is not assignable to type 'string'\.$/,
    );
  }, 240_000);

  it('runs in a browser from the one file that it is', async () => {
    const window = await Window.open();
    const body = await project.read('node_modules/@atrium/client/dist/index.js');
    await window.page.route('**/sdk/index.js', (route) => route.fulfill({ contentType: 'text/javascript', body }));
    await window.go('/sign-in');
    const said = await window.page.evaluate(
      async (username) => {
        const sdk = '/sdk/index.js';
        const { AtriumClient } = (await import(sdk)) as typeof import('@atrium/client');
        const client = new AtriumClient({ baseUrl: location.origin, tokenTransport: 'cookie' });
        await client.auth.register({ username, password: 'correct horse battery' });
        const { id } = await client.rooms.create({ name: 'From a page' });
        client.realtime.open();
        const { clientId } = client.realtime.send({ roomId: id, body: 'Hello from a page' });
        const receipt = await client.realtime.outbox.receipt(clientId);
        return { receipt, page: await client.messages.page(id) };
      },
      `web-${randomUUID().slice(0, 8)}`,
    );
    expect(said.page.items).toMatchObject([{ id: said.receipt.messageId, body: 'Hello from a page' }]);
  });
});

describe('a recipe of the SDK', () => {
  it('signs up, makes a room, says something and hears that it is stored', async () => {
    const { code, output } = await project.run('say.ts', ENV);
    expect(output).toMatch(/^stored as [0-9a-f-]{36}, entry \d+ of the room\n$/);
    expect(code).toBe(0);
  });

  it('follows a room: what was said before, what is said now, and what it is changed to', async () => {
    await ann.say(room, 'before');
    const following = project.start('follow.ts', { ...ENV, ATRIUM_ROOM: room.id, ATRIUM_TOKEN: ann.token });
    const shows = (line: string) => waitFor(() => following.output().includes(`${ann.id}: ${line}\n`), { ...WITHIN, what: line });
    await shows('before');
    const { id } = await ann.say(room, 'now');
    await shows('now');
    await ann.do('PATCH', `/api/rooms/${room.id}/messages/${id}`, { body: 'a moment ago' });
    await shows('a moment ago (edited)');
  });

  it('is a bot that offers a command and answers it', async () => {
    const bot = await aBot('Coin');
    const running = project.start('bot.ts', { ...ENV, ATRIUM_TOKEN: bot.token });
    await waitFor(() => running.output().includes('online'), WITHIN);
    await offered('flip');
    await ann.do('POST', `/api/rooms/${room.id}/commands`, { text: '/flip --public' });
    expect((await saidBy(bot)).body).toMatch(/ flips: \*\*(heads|tails)\*\*$/);
  });

  it('asks a file and shows the sentence that answers', async () => {
    await project.write(
      'handbook.txt',
      'The kitchen opens at seven. The kitchen closes at ten in the evening. Dogs are welcome in the hall.',
    );
    const { output } = await project.run('ask.ts', { ...ENV, ATRIUM_ROOM: room.id, ATRIUM_TOKEN: ann.token });
    expect(output).toMatch(/^answered: .*closes at ten in the evening/);
    expect(output).toContain('[1] page 1: The kitchen closes at ten in the evening.');
  });

  it('reports from a script once, however often it runs, and says why something is refused', async () => {
    const { token } = await ann.do<{ token: string }>('POST', '/api/me/tokens', { name: 'builds', scopes: ['messages:write'] });
    const env = { ...ENV, ATRIUM_ROOM: room.id, ATRIUM_TOKEN: token };
    const first = await project.run('report.ts', env, '17', 'green');
    expect(first.output).toMatch(/^said in entry \d+\n$/);
    expect(await project.run('report.ts', env, '17', 'green')).toEqual(first);
    expect(await project.run('report.ts', env, '17', 'red')).toEqual({ code: 1, output: 'Build 17 was reported with other words.\n' });
    expect((await ann.messages(room)).filter(({ body }) => body.startsWith('Build 17'))).toHaveLength(1);
  });
});

describe('the example bot', () => {
  it('runs in a copy of its folder outside of the repository, with the package alone, and says that it is online', async () => {
    const copy = await project.copy('examples/dice-bot');
    const bot = await aBot('Dice');
    expect((await copy.run('bot.ts', ENV)).output).toContain('Set ATRIUM_URL to the address of the server and ATRIUM_TOKEN');
    const running = copy.start('bot.ts', { ...ENV, ATRIUM_TOKEN: bot.token });
    await waitFor(() => running.output().includes('online'), WITHIN);
    await offered('roll');
    await ann.do('POST', `/api/rooms/${room.id}/commands`, { text: '/roll 2 6' });
    expect((await saidBy(bot)).body).toMatch(/🎲 \*\*[1-6] \+ [1-6]\*\* = \d+ for /);
  });
});
