import type { Notification, Preferences, Room, User } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Person } from './support/person.ts';
import { Socket } from './support/socket.ts';

type NotificationList = { items: Notification[]; unread: number };
const WITHIN = { withinMs: 30_000 };

afterAll(cleanUp);

describe('being told', () => {
  let ann: Person;
  let ben: Person;
  let room: Room;

  beforeEach(async () => {
    [ann, ben] = [await Person.register('ann'), await Person.register('ben')];
    room = await ann.createRoom();
    await ben.join(room);
  }, 60_000);

  const list = (person: Person, query = ''): Promise<NotificationList> => person.do('GET', `/api/me/notifications${query}`);
  const told = (socket: Socket, messageId: string) =>
    waitFor(() => socket.frames.find(({ event, data }) => event === 'notification' && data.messageId === messageId), {
      ...WITHIN,
      what: 'the notification',
    });

  it('of a mention reaches every device, stands in the list, and is read on all of them at once', async () => {
    const [phone, laptop] = [await Socket.connect(ben), await Socket.connect(ben)];
    const sent = await ann.say(room, `@${ben.user.username} look`);
    for (const device of [phone, laptop])
      expect((await told(device, sent.id)).data).toMatchObject({ roomId: room.id, reasons: ['mention'], actorId: ann.id, quiet: false });
    expect(await list(ben)).toMatchObject({ unread: 1, items: [{ id: sent.id, seq: sent.seq, reasons: ['mention'] }] });
    expect(await ben.do<NotificationList>('GET', '/api/me/mentions')).toMatchObject({ items: [{ id: sent.id }] });
    await ben.do('POST', `/api/rooms/${room.id}/read`, { seq: sent.seq });
    for (const device of [phone, laptop])
      await waitFor(() => device.frames.find(({ event, data }) => event === 'notifications.read' && data.unread === 0), WITHIN);
    expect(await list(ben, '?filter=unread')).toMatchObject({ unread: 0, items: [] });
  }, 60_000);

  it('follows the level of the room and of the person, and a mute that ends by itself', async () => {
    const level = (body: object) => ben.do('PUT', `/api/rooms/${room.id}/notify`, body);
    await level({ level: 'nothing', until: new Date(Date.now() + 3_600_000).toISOString() });
    await ann.say(room, `@${ben.user.username} one`);
    expect(await ben.do<Room>('GET', `/api/rooms/${room.id}`)).toMatchObject({ me: { notify: 'nothing' } });
    await level({ level: 'default' });
    const root = await ben.say(room, 'root');
    await ben.do('PUT', '/api/me/preferences', { notify: 'mentions' });
    await ann.say(room, 'not of this reply', { parentId: root.id });
    await ann.say(room, `@${ben.user.username} two`);
    expect((await list(ben)).items.map(({ excerpt }) => excerpt)).toEqual([`@${ben.user.username} two`]);
    expect(await ben.refusal('PUT', `/api/rooms/${room.id}/notify`, { level: 'loud' })).toEqual([422, 'validation_failed']);
    const stranger = await Person.register('eve');
    expect(await stranger.refusal('PUT', `/api/rooms/${room.id}/notify`, { level: 'all' })).toEqual([403, 'not_a_member']);
  }, 60_000);

  it('rings for nobody who has set do not disturb as their presence, or until a time, be it for a call of the room', async () => {
    const device = await Socket.connect(ben);
    await ben.do<User>('PATCH', '/api/me', { presence: 'dnd' });
    await waitFor(async () => (await told(device, (await ann.say(room, `@${ben.user.username} hey`)).id)).data.quiet === true, WITHIN);
    expect((await told(device, (await ann.say(room, '@room hey')).id)).data.quiet).toBe(true);
    await ben.do<User>('PATCH', '/api/me', { presence: 'auto' });
    await waitFor(async () => (await told(device, (await ann.say(room, `@${ben.user.username} ho`)).id)).data.quiet === false, WITHIN);
    const dndUntil = new Date(Date.now() + 3_600_000).toISOString();
    await ben.do<Preferences>('PUT', '/api/me/preferences', { dndUntil });
    expect((await told(device, (await ann.say(room, `@${ben.user.username} hum`)).id)).data.quiet).toBe(true);
  }, 60_000);

  it('does not happen for a room that is before the eyes of somebody on any of their devices', async () => {
    const [phone, laptop] = [await Socket.connect(ben), await Socket.connect(ben)];
    laptop.send('focus', { roomId: room.id }, 1);
    await waitFor(() => laptop.frames.find(({ event, id }) => event === 'ack' && id === 1), WITHIN);
    await waitFor(async () => {
      const before = (await list(ben)).items.length;
      await ann.say(room, `@${ben.user.username} you see this`);
      return (await list(ben)).items.length === before;
    }, WITHIN);
    const seen = await ann.say(room, '@room and this');
    expect((await list(ben)).items.map(({ id }) => id)).not.toContain(seen.id);
    laptop.send('focus', { roomId: null }, 2);
    // The gateways tell in their own time where somebody looks.
    const again = await waitFor(async () => {
      const { id } = await ann.say(room, `@${ben.user.username} and now?`);
      return (await list(ben)).items.find((item) => item.id === id);
    }, WITHIN);
    await told(phone, again.id);
  }, 90_000);

  it('happens for every message of a direct room, which two people have once', async () => {
    const direct = await ann.do<Room>('POST', '/api/rooms/direct', { userIds: [ben.id] });
    expect((await ben.call<Room>('POST', '/api/rooms/direct', { userIds: [ann.id] })).status).toBe(200);
    expect(direct).toMatchObject({ kind: 'direct', hostId: null, botEnabled: false });
    const sent = [await ann.say(direct, 'one'), await ann.say(direct, 'two')];
    expect((await list(ben)).items).toMatchObject(sent.toReversed().map(({ id }) => ({ id, reasons: ['direct'] })));
    expect(await ben.do<NotificationList>('POST', '/api/me/notifications/read', { id: sent[1]!.id })).toEqual({ unread: 1 });
    await ben.say(direct, 'both seen');
    await waitFor(async () => (await list(ben)).unread === 0, { ...WITHIN, what: 'an answer to read what was said before' });
  }, 60_000);
});
