import type { Draft, Message, Room, ScheduledMessage } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Person } from './support/person.ts';
import { Socket } from './support/socket.ts';

afterAll(cleanUp);

const HOUR_MS = 3_600_000;
const ahead = (ms: number): string => new Date(Date.now() + ms).toISOString();

describe('what was written and not sent', () => {
  let [ann, ben]: Person[] = [];
  let room: Room;
  beforeAll(async () => {
    [ann, ben] = [await Person.register('ann'), await Person.register('ben')];
  });
  beforeEach(async () => {
    room = await ann!.createRoom();
    await ben!.join(room);
  });

  it('is on all devices of its writer, and refused where the writer did not know what was there', async () => {
    const [phone, other] = [await Socket.connect(ann!), await Socket.connect(ben!)];
    const path = `/api/rooms/${room.id}/draft`;
    const draft = await ann!.do<Draft>('PUT', path, { body: 'half a sen', ifVersion: 0 });
    expect(await phone.next('draft')).toMatchObject({ data: { roomId: room.id, body: 'half a sen', version: draft.version } });
    expect((await ann!.do<{ items: Draft[] }>('GET', '/api/me/drafts')).items).toContainEqual(draft);
    expect(await ann!.refusal('PUT', path, { body: 'other', ifVersion: 0 })).toEqual([412, 'stale_version']);
    expect(await ann!.refusal('PUT', path, { body: 'x'.repeat(50_000) })).toEqual([422, 'validation_failed']);
    await ben!.say(room, 'so that a frame comes');
    await other.entry(room.id, (entry) => entry.type === 'message.created');
    expect(other.frames.some(({ event }) => event === 'draft')).toBe(false);
  });

  it('goes out when it should, once, and is told to its author', async () => {
    const phone = await Socket.connect(ann!);
    const made = await ann!.call<ScheduledMessage>('POST', `/api/rooms/${room.id}/scheduled`, {
      body: 'good morning',
      sendAt: ahead(1000),
    });
    expect(made.status).toBe(201);
    const entry = await phone.entry(room.id, (one) => one.type === 'message.created');
    expect(entry).toMatchObject({ actorId: ann!.id, message: { body: 'good morning', authorId: ann!.id } });
    await phone.next('scheduled', ({ id, scheduled }) => id === made.body.id && scheduled === null);
    expect(await ann!.refusal('DELETE', `/api/me/scheduled/${made.body.id}`)).toEqual([404, 'scheduled_not_found']);
    expect((await ben!.messages(room)).filter(({ body }) => body === 'good morning')).toHaveLength(1);
  });

  it('is changed, sent at once or cancelled by its author alone', async () => {
    const path = `/api/rooms/${room.id}/scheduled`;
    const one = await ann!.do<ScheduledMessage>('POST', path, { body: 'one', sendAt: ahead(HOUR_MS) });
    expect(await ben!.refusal('POST', `/api/me/scheduled/${one.id}/send`)).toEqual([404, 'scheduled_not_found']);
    const changed = await ann!.do<ScheduledMessage>('PATCH', `/api/me/scheduled/${one.id}`, { body: 'two', sendAt: ahead(2 * HOUR_MS) });
    expect((await ann!.do<{ items: ScheduledMessage[] }>('GET', `/api/me/scheduled?roomId=${room.id}`)).items).toEqual([changed]);
    expect(await ann!.do<Message>('POST', `/api/me/scheduled/${one.id}/send`)).toMatchObject({ body: 'two' });
    const never = await ann!.do<ScheduledMessage>('POST', path, { body: 'never', sendAt: ahead(HOUR_MS) });
    expect((await ann!.call('DELETE', `/api/me/scheduled/${never.id}`)).status).toBe(204);
    expect(await ann!.refusal('POST', path, { body: 'late', sendAt: ahead(-HOUR_MS) })).toEqual([422, 'validation_failed']);
    expect(await ann!.refusal('GET', '/api/me/scheduled?cursor=x')).toEqual([422, 'validation_failed']);
  });

  it('is not sent by somebody who was muted meanwhile, and says so', async () => {
    const item = await ben!.do<ScheduledMessage>('POST', `/api/rooms/${room.id}/scheduled`, { body: 'shh', sendAt: ahead(2000) });
    await ann!.do('POST', `/api/rooms/${room.id}/members/${ben!.id}/mute`, { seconds: 600 });
    const failure = await waitFor(
      async () =>
        (await ben!.do<{ items: ScheduledMessage[] }>('GET', '/api/me/scheduled')).items.find(({ id }) => id === item.id)?.failure,
      { withinMs: 20_000, what: 'the refusal' },
    );
    expect(failure.code).toBe('muted');
    expect((await ann!.messages(room)).map(({ body }) => body)).not.toContain('shh');
  });
});

describe('the messages since a moment', () => {
  it('are a page around the first of them', async () => {
    const ann = await Person.register('ann');
    const room = await ann.createRoom();
    await ann.say(room, 'one');
    const two = await ann.say(room, 'two');
    const bodies = async (since: string) => (await ann.messages(room, `?limit=1&since=${since}`)).map(({ body }) => body);
    expect(await bodies(two.createdAt)).toEqual(['two']);
    expect(await bodies('2020-01-01T00:00:00.000Z')).toEqual(['one']);
    expect(await ann.refusal('GET', `/api/rooms/${room.id}/messages?since=yesterday`)).toEqual([422, 'validation_failed']);
    expect(await ann.refusal('GET', `/api/rooms/${room.id}/messages?since=${two.createdAt}&before=3`)).toEqual([422, 'validation_failed']);
  });
});
