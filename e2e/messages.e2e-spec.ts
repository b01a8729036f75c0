import { randomUUID } from 'node:crypto';
import type { Message, Room } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Person } from './support/person.ts';
import { Socket } from './support/socket.ts';

afterAll(cleanUp);

describe('messages', () => {
  let [ann, ben]: Person[] = [];
  let room: Room;
  beforeAll(async () => {
    [ann, ben] = [await Person.register('ann'), await Person.register('ben')];
  });
  beforeEach(async () => {
    room = await ann!.createRoom();
    await ben!.join(room);
  });

  it('sent over HTTP: 201 first, 200 for the same clientId, 409 for the same with another body', async () => {
    const path = `/api/rooms/${room.id}/messages`;
    const clientId = randomUUID();
    const first = await ann!.call<Message>('POST', path, { body: ' hello ', clientId });
    expect([first.status, first.body.body, first.body.seq, first.body.clientId]).toEqual([201, 'hello', 3, clientId]);
    const again = await ann!.call<Message>('POST', path, { body: 'hello', clientId });
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(await ann!.refusal('POST', path, { body: 'other', clientId })).toEqual([409, 'idempotency_conflict']);
    const keyed = { 'idempotency-key': randomUUID() };
    const [one, two] = [
      await ann!.call<Message>('POST', path, { body: 'keyed' }, keyed),
      await ann!.call<Message>('POST', path, { body: 'keyed' }, keyed),
    ];
    expect([one.status, two.status, two.body.id]).toEqual([201, 200, one.body.id]);
  });

  it('sent over a socket: an ack with the same id after the commit, and one entry for everybody', async () => {
    const [annSocket, benSocket] = [await Socket.connect(ann!), await Socket.connect(ben!)];
    annSocket.send('message.send', { roomId: room.id, clientId: randomUUID(), body: 'live' }, 'send-1');
    const ack = await annSocket.answer('send-1');
    expect(ack).toMatchObject({ event: 'ack', data: { seq: 3, messageId: expect.any(String), createdAt: expect.any(String) } });
    for (const socket of [annSocket, benSocket]) {
      const entry = await socket.entry(room.id, (entry) => entry.seq === 3);
      expect(entry).toMatchObject({ type: 'message.created', actorId: ann!.id, message: { id: ack.data['messageId'], body: 'live' } });
    }
    annSocket.send('message.send', { roomId: randomUUID(), clientId: 'x', body: 'nowhere' }, 7);
    expect(await annSocket.answer(7)).toMatchObject({ event: 'error', data: { code: 'room_not_found' } });
    annSocket.send('message.send', { roomId: room.id, body: 'no clientId' }, 8);
    expect(await annSocket.answer(8)).toMatchObject({ event: 'error', data: { code: 'validation_failed' } });
  });

  it('catch up a client from the seq it names, at any time', async () => {
    const first = await Socket.connect(ann!);
    await ben!.say(room, 'one');
    await first.entry(room.id, (entry) => entry.seq === 3);
    first.close();
    for (const body of ['two', 'three', 'four']) await ben!.say(room, body);
    const { epoch } = await ann!.do<Room>('GET', `/api/rooms/${room.id}`);
    const second = await Socket.connect(ann!, { rooms: { [room.id]: 3 }, epochs: { [room.id]: epoch } });
    await second.entry(room.id, (entry) => entry.seq === 6);
    expect(second.entries(room.id).map((entry) => entry.seq)).toEqual([4, 5, 6]);
    const elsewhere = await Socket.connect(ann!, { rooms: { [room.id]: 3 }, epochs: { [room.id]: randomUUID() } });
    expect((await elsewhere.next('ready')).data['reset']).toEqual([room.id]);
  });

  it('are read in pages, back from the newest, and a page that cannot be is refused', async () => {
    for (let i = 0; i < 7; i++) await ann!.say(room, `m${i}`);
    const page = await ben!.do<{ items: Message[]; hasBefore: boolean; hasAfter: boolean }>(
      'GET',
      `/api/rooms/${room.id}/messages?limit=3`,
    );
    expect([page.items.map((message) => message.body), page.hasBefore, page.hasAfter]).toEqual([['m4', 'm5', 'm6'], true, false]);
    expect((await ben!.messages(room, `?before=${page.items[0]!.seq}&limit=2`)).map((message) => message.body)).toEqual(['m2', 'm3']);
    for (const query of ['?limit=0', '?limit=101', '?limit=x', '?before=1&after=2']) {
      expect(await ben!.refusal('GET', `/api/rooms/${room.id}/messages${query}`)).toEqual([422, 'validation_failed']);
    }
  });

  it('make threads and pins', async () => {
    const root = await ann!.say(room, 'root');
    const reply = await ben!.say(room, 'reply', { parentId: root.id });
    const thread = await ann!.do<{ items: Message[] }>('GET', `/api/rooms/${room.id}/messages/${root.id}/thread`);
    expect(thread.items.map((message) => [message.body, message.replyCount])).toEqual([
      ['root', 1],
      ['reply', 0],
    ]);
    expect(reply.parentId).toBe(root.id);
    const pin = `/api/rooms/${room.id}/messages/${root.id}/pin`;
    expect(await ben!.refusal('POST', pin, {})).toEqual([403, 'forbidden']);
    expect(await ann!.do('POST', pin)).toMatchObject({ pinnedBy: ann!.id });
    expect((await ben!.do<{ items: Message[] }>('GET', `/api/rooms/${room.id}/pins`)).items.map((message) => message.id)).toEqual([
      root.id,
    ]);
    expect(await ann!.do('POST', pin, { pinned: false })).not.toHaveProperty('pinnedAt');
  });

  it('are unread until read, on every device', async () => {
    const [phone, laptop] = [await Socket.connect(ben!), await Socket.connect(ben!)];
    await ann!.say(room, 'one');
    const two = await ann!.say(room, 'two');
    const me = async () => (await ben!.do<Room>('GET', `/api/rooms/${room.id}`)).me;
    expect(await me()).toMatchObject({ unread: 2 });
    phone.send('read', { roomId: room.id, seq: two.seq }, 'r');
    expect((await phone.answer('r')).event).toBe('ack');
    await laptop.next('read', (data) => data['roomId'] === room.id && data['readSeq'] === two.seq && data['unread'] === 0);
    expect(await me()).toMatchObject({ unread: 0, readSeq: two.seq });
  });

  it('show who is typing, until the message', async () => {
    const [annSocket, benSocket] = [await Socket.connect(ann!), await Socket.connect(ben!)];
    annSocket.send('typing', { roomId: room.id, typing: true });
    await benSocket.next('typing', (data) => data['userId'] === ann!.id && data['typing'] === true);
    const typing = async () =>
      (await ben!.do<{ items: { id: string; typing: boolean; status: string }[] }>('GET', `/api/rooms/${room.id}/members`)).items.find(
        (member) => member.id === ann!.id,
      );
    expect(await typing()).toMatchObject({ typing: true, status: 'online' });
    annSocket.send('message.send', { roomId: room.id, clientId: randomUUID(), body: 'done' });
    await waitFor(async () => (await typing())?.typing === false, { what: 'typing to end with the message' });
  });
});
