import { AppError, bot, botSignals } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import { Harness } from '../../test/harness.ts';
import { anInteraction } from '../../test/builders.ts';
import type { Person } from '../../test/fake-services.ts';

let harness: Harness;
let ann: Person;
let ben: Person;
const roomId = uuidv7();
const webhookId = uuidv7();
const taken: { payload: string; secret: string }[] = [];

beforeAll(async () => {
  harness = await Harness.start();
  [ann, ben] = [harness.services.aPerson(), harness.services.aPerson()];
  const { bus } = harness.services;
  bus.answer(bot.run, ({ text, clientId }) => {
    if (text === '/sumary')
      throw new AppError('unknown_command', 'There is no command /sumary. Did you mean /summary?', { nearest: ['/summary'] });
    return { note: { id: uuidv7(), roomId, at: new Date().toISOString(), body: `${text} ${clientId}`, links: [] } };
  });
  bus.answer(bot.takeWebhook, ({ payload, secret }) => {
    if (secret !== 'right') throw new AppError('webhook_not_found');
    if (!payload.startsWith('{')) throw new AppError('malformed_request', 'The payload must be a JSON object.');
    taken.push({ payload, secret });
    return {};
  });
  await bus.bus.connection.flush();
});
afterAll(cleanUp);

/** Before the gateway has Redis it counts alone. */
const countingTogether = (gateway: Harness) =>
  waitFor(async () => ((await (await gateway.fetch('/health/ready')).json()) as { checks: { redis: string } }).checks.redis === 'ok');
const post = (secret: string, init: RequestInit) => harness.fetch(`/api/hooks/${webhookId}/${secret}`, { method: 'POST', ...init });

describe('A command', () => {
  it('is run over HTTP, under its clientId or the idempotency key', async () => {
    const path = `/api/rooms/${roomId}/commands`;
    const reply = await harness.postJson(path, { text: '/help', clientId: 'c1' }, { as: ann });
    expect(reply.status).toBe(200);
    expect(await reply.json()).toMatchObject({ note: { body: '/help c1' } });
    const keyed = await harness.postJson(path, { text: '/help' }, { as: ann, headers: { 'idempotency-key': 'k1' } });
    expect(await keyed.json()).toMatchObject({ note: { body: '/help k1' } });
    expect((await harness.postJson(path, { text: '' }, { as: ann })).status).toBe(422);
    expect((await harness.postJson(path, { text: '/help' })).status).toBe(401);
  });

  it('that nobody knows answers with the nearest names, over HTTP and the socket', async () => {
    const reply = await harness.postJson(`/api/rooms/${roomId}/commands`, { text: '/sumary' }, { as: ann });
    expect(reply.status).toBe(404);
    expect(await reply.json()).toMatchObject({ code: 'unknown_command', nearest: ['/summary'] });
    const client = await harness.connect(ann);
    client.send('command.run', { roomId, text: '/sumary' }, 'x');
    expect(await client.refusal('x')).toMatchObject({ code: 'unknown_command', nearest: ['/summary'] });
    client.send('command.run', { roomId, text: '/help', clientId: 'c2' }, 'y');
    expect(await client.ack('y')).toMatchObject({ note: { body: '/help c2' } });
  });
});

describe('A note', () => {
  it('reaches every device of the person it is for, and nobody else', async () => {
    const [one, two, other] = [await harness.connect(ann), await harness.connect(ann), await harness.connect(ben)];
    const note = { id: uuidv7(), roomId, at: new Date().toISOString(), body: 'for Ann', links: [] };
    harness.services.bus.signals.send(botSignals.note, { userId: ann.userId, note });
    expect(await one.next('note')).toEqual(note);
    expect(await two.next('note')).toEqual(note);
    other.send('ping', {}, 'p');
    await other.next('pong');
    expect(other.all('note')).toEqual([]);
  });
});

describe('A use of a bot’s command', () => {
  it('goes to the bot’s youngest socket, and to another one when that is gone before it answered', async () => {
    const bots = harness.services.aPerson();
    const interaction = anInteraction(bots.userId);
    const signal = () => harness.services.bus.signals.send(botSignals.interaction, { botId: bots.userId, interactionId: interaction.id });
    let free = true;
    harness.services.bus.answer(bot.takeInteraction, () => {
      const taken = free ? interaction : null;
      free = false;
      return { interaction: taken };
    });
    harness.services.bus.answer(bot.releaseInteraction, () => {
      free = true;
      signal();
      return {};
    });
    await harness.services.bus.bus.connection.flush();
    const [older, younger] = [await harness.connect(bots), await harness.connect(bots)];
    signal();
    expect(await younger.next('interaction')).toMatchObject({ id: interaction.id, command: 'deploy' });
    expect(older.all('interaction')).toEqual([]);
    younger.socket.close();
    expect(await older.next('interaction')).toMatchObject({ id: interaction.id });
  });
});

describe('The address of a webhook', () => {
  it('takes JSON and a form from whoever has it, and answers ok', async () => {
    const payload = { text: 'Hello' };
    const json = await post('right', { body: JSON.stringify(payload), headers: { 'content-type': 'application/json' } });
    expect([json.status, await json.text(), json.headers.get('content-type')]).toEqual([200, 'ok', 'text/plain; charset=utf-8']);
    const form = await post('right', { body: new URLSearchParams({ payload: JSON.stringify(payload) }) });
    expect(await form.text()).toBe('ok');
    for (const type of ['application/x-www-form-urlencoded', 'text/plain; charset=utf-8']) {
      const named = await post('right', { body: JSON.stringify(payload), headers: { 'content-type': type } });
      expect([type, await named.text()]).toEqual([type, 'ok']);
    }
    expect(taken.map((one) => JSON.parse(one.payload) as unknown)).toEqual([payload, payload, payload, payload]);
  });

  it('is not there with another secret, and says what is wrong with a body', async () => {
    const json = { 'content-type': 'application/json' };
    expect((await post('wrong', { body: '{"text":"x"}', headers: json })).status).toBe(404);
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain'])
      expect((await post('right', { body: '{"text":', headers: { 'content-type': type } })).status).toBe(400);
    for (const body of ['[1]', 'null', '5', '"text"']) {
      const refused = await post('right', { body, headers: json });
      expect([body, refused.status, ((await refused.json()) as { code: string }).code]).toEqual([body, 400, 'malformed_request']);
    }
    expect((await post('right', { body: 'x', headers: { 'content-type': 'text/css' } })).status).toBe(415);
    expect(
      (await harness.fetch(`/api/rooms/${roomId}/commands`, { method: 'POST', as: ann, body: new URLSearchParams({ text: '/help' }) }))
        .status,
    ).toBe(415);
  });
});

describe('The address of a webhook that is used too much', () => {
  it('asks its sender to wait, whichever of the gateways they come to', async () => {
    const limited = await Harness.start({ limits: 'on' });
    const another = await limited.another();
    await Promise.all([limited, another].map(countingTogether));
    limited.services.bus.answer(bot.takeWebhook, () => ({}));
    await limited.services.bus.bus.connection.flush();
    const hit = (gateway: Harness) => gateway.postJson(`/api/hooks/${webhookId}/right`, { text: 'x' });
    for (let i = 0; i < 60; i++) expect((await hit(i % 2 ? limited : another)).status).toBe(200);
    for (const gateway of [limited, another]) {
      const refused = await hit(gateway);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  });
});
