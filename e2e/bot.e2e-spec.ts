import type { Room } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Person } from './support/person.ts';

afterAll(cleanUp);

describe('the room bot', () => {
  let [host, member]: Person[] = [];
  let room: Room;
  beforeAll(async () => {
    [host, member] = [await Person.register('host'), await Person.register('member')];
    room = await host!.createRoom({ name: 'Bot room' });
    await member!.join(room);
  });

  const answerTo = (command: string) =>
    waitFor(
      async () => {
        const items = await member!.messages(room);
        const asked = items.findLastIndex((message) => message.body === command);
        return items.slice(asked + 1).find((message) => message.kind === 'bot');
      },
      { withinMs: 10_000, what: `an answer to ${command}` },
    );

  it('answers /help, /status and /summary from its registry and the room', async () => {
    const { items } = await member!.do<{ items: { name: string }[] }>('GET', `/api/rooms/${room.id}/commands`);
    expect(items.map((command) => command.name)).toEqual(expect.arrayContaining(['help', 'status', 'summary']));
    await member!.say(room, '/help');
    const help = await answerTo('/help');
    for (const { name } of items) expect(help.body).toContain(`/${name}`);
    await member!.say(room, '/status');
    expect((await answerTo('/status')).body).toContain('Bot room');
    await host!.say(room, 'The engine review moved to Thursday at ten because the boiler inspection takes the whole of Wednesday.');
    await member!.say(room, '/summary last 10');
    expect((await answerTo('/summary last 10')).body).toContain('Thursday');
  });

  it('falls silent when a moderator switches it off, and speaks again', async () => {
    expect(await member!.refusal('POST', `/api/rooms/${room.id}/bot/toggle`, {})).toEqual([403, 'forbidden']);
    expect(await host!.do('POST', `/api/rooms/${room.id}/bot/toggle`)).toEqual({ botEnabled: false });
    await member!.say(room, '/help now?');
    const on = await host!.do<{ botEnabled: boolean }>('POST', `/api/rooms/${room.id}/bot/toggle`, { enabled: true });
    expect(on).toEqual({ botEnabled: true });
    await member!.say(room, '/status again');
    await answerTo('/status again');
    const items = await member!.messages(room);
    const ignored = items.findIndex((message) => message.body === '/help now?');
    expect(items[ignored + 1]!.body).toBe('/status again');
  });
});
