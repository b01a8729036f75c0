import type { Message, Room, Thread, TimelineEntry } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person } from './support/person.ts';
import { Socket } from './support/socket.ts';

afterAll(cleanUp);

type List<T> = { items: T[]; nextCursor: string | null };
const without = ({ seq: _seq, at: _at, ...entry }: TimelineEntry) => entry;

describe('what happens to messages after they were sent', () => {
  let [ann, ben]: Person[] = [];
  let room: Room;
  let said: Message;
  let path: string;
  beforeAll(async () => {
    [ann, ben] = [await Person.register('ann'), await Person.register('ben')];
  });
  beforeEach(async () => {
    room = await ann!.createRoom();
    await ben!.join(room);
    said = await ben!.say(room, 'one');
    path = `/api/rooms/${room.id}/messages/${said.id}`;
  });

  it('is told to everybody when its author edits one, and refused to whoever saw another version', async () => {
    const socket = await Socket.connect(ann!);
    const edited = await ben!.do<Message>('PATCH', path, { body: 'two', ifVersion: 1 });
    expect(edited).toMatchObject({ id: said.id, seq: said.seq, body: 'two', version: 2 });
    expect(await ben!.refusal('PATCH', path, { body: 'three', ifVersion: 1 })).toEqual([412, 'stale_version']);
    expect(await ann!.refusal('PATCH', path, { body: 'mine' })).toEqual([403, 'forbidden']);
    expect(await socket.entry(room.id, ({ type }) => type === 'message.edited')).toMatchObject({ message: { body: 'two' } });
    expect((await ann!.do<List<{ body: string }>>('GET', `${path}/versions`)).items).toMatchObject([{ version: 1, body: 'one' }]);
  });

  it('follows the window that the room sets', async () => {
    await ann!.do('PATCH', `/api/rooms/${room.id}`, { editWindowSeconds: 0 });
    expect(await ben!.refusal('PATCH', path, { body: 'two' })).toEqual([403, 'edit_window_closed']);
    await ann!.do('PATCH', `/api/rooms/${room.id}`, { editWindowSeconds: -1 });
    expect(await ben!.do('PATCH', path, { body: 'two' })).toMatchObject({ version: 2 });
  });

  it('needs a reason when a moderator deletes one, in the body or the query, and leaves a tombstone', async () => {
    const socket = await Socket.connect(ben!);
    expect(await ann!.refusal('DELETE', path)).toEqual([422, 'validation_failed']);
    expect((await ann!.call('DELETE', `${path}?reason=rude`)).status).toBe(204);
    const entry = await socket.entry(room.id, ({ type }) => type === 'message.deleted');
    expect(entry).toMatchObject({ messageId: said.id, by: ann!.id, reason: 'rude', actorId: ann!.id });
    expect(await ben!.messages(room)).toMatchObject([{ id: said.id, body: '', deletedAt: expect.any(String) }]);
    const other = await ben!.say(room, 'more');
    expect((await ann!.call('DELETE', `/api/rooms/${room.id}/messages/${other.id}`, { reason: 'rude' })).status).toBe(204);
  });

  it('takes the files of a deleted one with it when asked to', async () => {
    const file = await ben!.upload(room, 'note.txt', 'the words');
    const message = await ben!.say(room, 'see', { fileIds: [file.id] });
    expect((await ben!.call('DELETE', `/api/rooms/${room.id}/messages/${message.id}?files=true`)).status).toBe(204);
    expect(await ben!.refusal('GET', `/api/rooms/${room.id}/files/${file.id}`)).toEqual([404, 'file_not_found']);
  });

  it('shows reactions once for each person, with one’s own marked in replies and never in entries', async () => {
    const socket = await Socket.connect(ben!);
    const thumb = `${path}/reactions/${encodeURIComponent('👍')}`;
    for (let i = 0; i < 2; i++) await ann!.do('PUT', thumb);
    const shown = { emoji: '👍', count: 1, userIds: [ann!.id] };
    expect((await ann!.messages(room))[0]!.reactions).toEqual([{ ...shown, mine: true }]);
    expect((await ben!.messages(room))[0]!.reactions).toEqual([{ ...shown, mine: false }]);
    const entry = await socket.entry(room.id, ({ type }) => type === 'reaction.added');
    expect(without(entry)).toEqual({ type: 'reaction.added', actorId: ann!.id, messageId: said.id, userId: ann!.id, ...shown });
    expect((await ben!.do<List<object>>('GET', `${path}/reactions`)).items).toMatchObject([{ emoji: '👍', userId: ann!.id }]);
    for (let i = 0; i < 2; i++) await ann!.do('DELETE', thumb);
    expect((await ann!.messages(room))[0]!.reactions).toEqual([]);
    expect(await ann!.refusal('PUT', `${path}/reactions/thumbsup`)).toEqual([422, 'validation_failed']);
  });

  it('lists threads of all rooms, tells followers how they stand, and lets them leave', async () => {
    const socket = await Socket.connect(ben!);
    const reply = await ann!.say(room, 'an answer', { parentId: said.id });
    await socket.next('read', (data) => data['roomId'] === room.id && data['threadUnread'] === 1);
    const threads = async (filter: string) => (await ben!.do<List<Thread>>('GET', `/api/me/threads?filter=${filter}`)).items;
    expect((await threads('unread')).map(({ root, unread }) => [root.id, unread])).toContainEqual([said.id, 1]);
    await ben!.do('POST', `/api/rooms/${room.id}/read`, { seq: reply.seq, threadId: said.id });
    expect((await threads('unread')).map(({ root }) => root.id)).not.toContain(said.id);
    const device = await Socket.connect(ben!);
    expect((await ben!.call('DELETE', `${path}/follow`)).status).toBe(204);
    await device.next('thread.followed', (data) => data['messageId'] === said.id && data['following'] === false);
    expect(await ben!.do('GET', `${path}/follow`)).toEqual({ following: false });
    expect((await threads('following')).map(({ root }) => root.id)).not.toContain(said.id);
    expect((await ben!.call('PUT', `${path}/follow`)).status).toBe(204);
    expect(await ben!.do('GET', `${path}/follow`)).toEqual({ following: true });
    expect((await threads('following')).map(({ root }) => root.id)).toContain(said.id);
  });

  it('goes back to unread on all devices', async () => {
    const [one, other] = [await Socket.connect(ben!), await Socket.connect(ben!)];
    const last = await ann!.say(room, 'two');
    await ben!.do('POST', `/api/rooms/${room.id}/read`, { seq: last.seq });
    await ben!.do('POST', `/api/rooms/${room.id}/read`, { seq: last.seq - 1, unread: true });
    for (const socket of [one, other])
      await socket.next('read', (data) => data['roomId'] === room.id && data['readSeq'] === last.seq - 1 && data['unread'] === 1);
  });

  it('keeps messages for later, for their reader alone, on all of their devices', async () => {
    const socket = await Socket.connect(ann!);
    await ann!.do('PUT', `/api/me/saved/${said.id}`);
    await socket.next('saved', (data) => data['messageId'] === said.id && data['saved'] === true);
    const saved = async (person: Person) =>
      (await person.do<List<{ message: Message }>>('GET', '/api/me/saved')).items.map(({ message }) => message.id);
    expect(await saved(ann!)).toEqual([said.id]);
    expect(await saved(ben!)).toEqual([]);
    expect((await ann!.call('DELETE', `/api/me/saved/${said.id}`)).status).toBe(204);
    expect(await saved(ann!)).toEqual([]);
    const stranger = await Person.register('eve');
    expect(await stranger.refusal('PUT', `/api/me/saved/${said.id}`)).toEqual([404, 'message_not_found']);
  });
});
