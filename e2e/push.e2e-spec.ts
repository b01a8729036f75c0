import type { Notification, PushSubscription, Room } from '@atrium/contracts';
import { PushService, cleanUp, readVapid, waitFor } from '@atrium/testing';
import { Person } from './support/person.ts';

let service: PushService;
beforeAll(async () => {
  service = await PushService.start();
});
afterAll(cleanUp);

it('a device is told of a mention while no page is open, and closes it when it is read elsewhere', async () => {
  const [host, member] = [await Person.register('host'), await Person.register('member')];
  const room: Room = await host.createRoom({ name: 'Pushed room' });
  await member.join(room);
  const { key } = await member.do<{ key: string }>('GET', '/api/push/key');
  const device = service.aDevice();
  const path = '/api/me/push-subscriptions';
  const inner = { ...device.subscription, endpoint: 'https://192.168.0.1/push' };
  expect(await member.refusal('POST', path, inner)).toEqual([422, 'validation_failed']);
  const subscription = await member.do<PushSubscription>('POST', path, device.subscription);
  expect(subscription.endpoint).toBe(device.endpoint);

  await host.say(room, `@${member.user.username} the kettle is on`);
  const first = await waitFor(() => device.pushed[0], { what: 'a push' });
  expect(readVapid(first.headers, key).aud).toBe(service.url);
  const { items } = await member.do<{ items: Notification[] }>('GET', '/api/me/notifications');
  expect(device.shown).toMatchObject([{ title: host.user.displayName, body: 'mentioned you', tag: items[0]!.messageId, unread: 1 }]);

  await member.do('POST', '/api/me/notifications/read', {});
  await waitFor(() => device.closed.includes(items[0]!.messageId), { what: 'the device to close it' });
});
