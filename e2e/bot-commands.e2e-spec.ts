import { pollIdOf, type CommandReply, type Poll, type Reminder, type Room, type Webhook } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Person, request } from './support/person.ts';
import { Socket } from './support/socket.ts';

afterAll(cleanUp);

describe('commands that are run', () => {
  let [host, member]: Person[] = [];
  let room: Room;
  beforeAll(async () => {
    [host, member] = [await Person.register('host'), await Person.register('member')];
    room = await host!.createRoom({ name: 'Command room' });
    await member!.join(room);
  });

  const run = (text: string, person = member!) => person.do<CommandReply>('POST', `/api/rooms/${room.id}/commands`, { text });

  it('are answered to their caller alone, on every device, and refused with what would be right', async () => {
    const [one, two, other] = [await Socket.connect(member!), await Socket.connect(member!), await Socket.connect(host!)];
    const { note } = await run('/status');
    expect(note?.body).toMatch(/Command room[\s\S]*Your credits: \d+/);
    for (const device of [one, two])
      await waitFor(() => device.frames.some((frame) => frame.event === 'note' && frame.data['id'] === note?.id));
    one.send('command.run', { roomId: room.id, text: '/who' }, 'w');
    const ack = await waitFor(() => one.frames.find((frame) => frame.event === 'ack' && frame.id === 'w'));
    expect(ack.data).toMatchObject({ note: { body: expect.stringContaining('host') as string } });
    expect(await member!.refusal('POST', `/api/rooms/${room.id}/commands`, { text: '/sumary' })).toEqual([404, 'unknown_command']);
    expect(await member!.refusal('POST', `/api/rooms/${room.id}/commands`, { text: '/summary last x' })).toEqual([
      422,
      'validation_failed',
    ]);
    expect(other.frames.filter((frame) => frame.event === 'note')).toEqual([]);
    expect((await member!.messages(room)).filter((message) => message.kind === 'bot')).toEqual([]);
  });

  it('are answered in the language that their caller asks for, in the one they chose, or in English', async () => {
    const person = await Person.register('linguist');
    await person.join(room);
    const help = async (language?: string) => {
      const headers = language === undefined ? undefined : { 'accept-language': language };
      return (await person.call<CommandReply>('POST', `/api/rooms/${room.id}/commands`, { text: '/help' }, headers)).body.note?.body;
    };
    expect(await help()).toContain('**What I can do**');
    expect(await help('vi-VN,en;q=0.5')).toContain('**Tôi làm được gì**');
    await person.do('PUT', '/api/me/preferences', { language: 'de' });
    expect(await help()).toContain('**Was ich kann**');
    expect(await help('en')).toContain('**What I can do**');
  });

  it('sum up what was new before this visit, though opening the room marked it read', async () => {
    await host!.say(room, 'The engine review moved to Thursday at ten because the boiler inspection takes the whole of Wednesday.');
    const socket = await Socket.connect(member!);
    const seq = (await member!.messages(room)).at(-1)!.seq;
    socket.send('focus', { roomId: room.id }, 'f');
    socket.send('read', { roomId: room.id, seq }, 'r');
    await waitFor(() => socket.frames.some((frame) => frame.event === 'ack' && frame.id === 'r'));
    expect((await run('/summary')).note?.body).toContain('Thursday');
  });

  it('ask the room, and count its votes live', async () => {
    const socket = await Socket.connect(member!);
    const { message } = await run('/poll Steam or coal? | Steam | Coal');
    const pollId = pollIdOf(message?.clientId)!;
    const voted = await host!.do<Poll>('PUT', `/api/rooms/${room.id}/polls/${pollId}/vote`, { options: [0] });
    expect(voted).toMatchObject({ voters: 1, mine: [0] });
    await waitFor(() => socket.frames.some((frame) => frame.event === 'poll' && frame.data['pollId'] === pollId));
    const table = await member!.call<string>('GET', `/api/rooms/${room.id}/polls/${pollId}/export`);
    expect(table.body).toContain('"Steam or coal?","Steam","1","1"');
  });

  it('remind at their time', async () => {
    const socket = await Socket.connect(member!);
    await run('/remind in 2 sec to stretch');
    await waitFor(() => socket.frames.some((frame) => frame.event === 'note' && /Reminder.*stretch/.test(String(frame.data['body']))), {
      withinMs: 10_000,
    });
    const { items } = await member!.do<{ items: Reminder[] }>('GET', `/api/rooms/${room.id}/reminders`);
    expect(items).toMatchObject([{ text: 'stretch', firedAt: expect.any(String) as string }]);
  });

  it('are joined by webhooks, which take what programs post to Slack', async () => {
    const make = { kind: 'incoming', name: 'Build server' };
    expect(await member!.refusal('POST', `/api/rooms/${room.id}/webhooks`, make)).toEqual([403, 'forbidden']);
    const { url, id } = await host!.do<Webhook & { url: string }>('POST', `/api/rooms/${room.id}/webhooks`, make);
    const path = new URL(url).pathname;
    const reply = await request('POST', path, { body: { text: 'Build <https://ci.example.org/7|#7> is *green*' } });
    expect([reply.status, reply.body]).toEqual([200, 'ok']);
    expect((await member!.messages(room)).at(-1)!.body).toBe('**Build server**\n\nBuild [#7](https://ci.example.org/7) is **green**');
    await host!.call('DELETE', `/api/rooms/${room.id}/webhooks/${id}`);
    expect((await request('POST', path, { body: { text: 'late' } })).status).toBe(404);
  });
});
