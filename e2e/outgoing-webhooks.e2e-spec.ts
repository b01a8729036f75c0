import type { Room, Webhook, WebhookDelivery } from '@atrium/contracts';
import { cleanUp, onCleanup, waitFor } from '@atrium/testing';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Person } from './support/person.ts';

type Received = { headers: IncomingHttpHeaders; body: string };

/** A delivery that rooms did not answer for, as when an instance has just ended, is tried again after twenty seconds. */
const WITHIN = { withinMs: 40_000 };
const received: Received[] = [];
let address: string;

beforeAll(async () => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.end('thanks');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onCleanup(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(cleanUp);

it('an outgoing webhook tells a program what is said, signed, and sends it again when asked', async () => {
  const [host, member] = [await Person.register('host'), await Person.register('member')];
  const room: Room = await host.createRoom({ name: 'Told room' });
  await member.join(room);
  const path = `/api/rooms/${room.id}/webhooks`;
  const make = { kind: 'outgoing', name: 'Archive', url: address, events: ['message.created'] };
  expect(await member.refusal('POST', path, make)).toEqual([403, 'forbidden']);
  expect(await host.refusal('POST', path, { ...make, url: 'http://169.254.169.254/' })).toEqual([422, 'validation_failed']);
  const { id, secret, url } = await host.do<Webhook & { secret: string }>('POST', path, make);
  expect(url).toBe(address);

  await member.say(room, 'The kettle is on');
  const { headers, body } = await waitFor(() => received[0], { what: 'a delivery', ...WITHIN });
  expect(JSON.parse(body)).toMatchObject({ event: 'message.created', roomId: room.id, entry: { message: { body: 'The kettle is on' } } });
  const signature = createHmac('sha256', secret)
    .update(`${String(headers['x-atrium-timestamp'])}.${body}`)
    .digest('hex');
  expect(headers['x-atrium-signature']).toBe(`sha256=${signature}`);

  const log = () => host.do<{ items: WebhookDelivery[] }>('GET', `${path}/${id}/deliveries`).then(({ items }) => items);
  const delivered = await waitFor(async () => (await log()).find(({ state }) => state === 'delivered'), {
    what: 'the log to tell',
    ...WITHIN,
  });
  expect(delivered.tries).toMatchObject([{ status: 200, answer: 'thanks' }]);
  expect(await member.refusal('POST', `${path}/${id}/deliveries/${delivered.id}/replay`)).toEqual([403, 'forbidden']);
  await host.do('POST', `${path}/${id}/deliveries/${delivered.id}/replay`);
  await waitFor(() => received[1], { what: 'the delivery once more', ...WITHIN });
  expect(received[1]?.body).toBe(body);
}, 120_000);
