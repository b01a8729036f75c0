import { TOKEN_PREFIX, accounts } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Harness } from '../../test/harness.ts';

describe('the limits', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start({ limits: 'on', settings: { GATEWAY_TRUST_PROXY: 'loopback', GATEWAY_REGISTRATIONS_PER_HOUR: '3' } });
    await waitFor(
      async () => ((await (await harness.fetch('/health/ready')).json()) as { checks: { redis: string } }).checks.redis === 'ok',
    );
  });
  afterAll(cleanUp);

  it('let 200 requests a minute of one person through, and tell how many are left', async () => {
    const { services } = harness;
    const [ann, bob] = [services.aPerson(), services.aPerson()];
    const room = services.aRoom([ann, bob]);
    const path = `/api/rooms/${room.record.id}`;
    const first = await harness.fetch(path, { as: ann });
    expect([first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual(['200', '199']);
    for (let index = 1; index < 200; index++) expect((await harness.fetch(path, { as: ann })).status).toBe(200);
    const refused = await harness.fetch(path, { as: ann });
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'rate_limited' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await harness.fetch(path, { as: bob })).status).toBe(200);
  }, 20_000);

  it('let 100 requests of an address without a person through', async () => {
    const statuses = await Promise.all(Array.from({ length: 101 }, async () => (await harness.fetch('/api/me')).status));
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });

  it('count the addresses of one IPv6 network as one', async () => {
    const from = (address: string) => harness.fetch('/api/me', { headers: { 'x-forwarded-for': address } });
    const statuses = await Promise.all(
      Array.from({ length: 101 }, async (_, index) => (await from(`2001:db8:0:1::${index.toString(16)}`)).status),
    );
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect((await from('2001:db8:0:2::1')).status).toBe(401);
  });

  it('ask about 300 tokens a minute that come from one address, and about those that are known again and again', async () => {
    const { services } = harness;
    const { token } = services.aPersonalToken(services.aPerson(), ['rooms:read']);
    const headersOf = (bearer: string) => ({ 'x-forwarded-for': '203.0.113.9', authorization: `Bearer ${bearer}` });
    const status = async (bearer: string) => (await harness.fetch('/api/me', { headers: headersOf(bearer) })).status;
    const asked = () => services.calls.filter((call) => call === 'checkToken').length;
    const before = asked();
    const known = await status(token);
    const made = await Promise.all(Array.from({ length: 310 }, (_, index) => status(`${TOKEN_PREFIX}made-up-${index}`)));
    expect(new Set(made)).toEqual(new Set([401, 429]));
    expect(asked() - before).toBe(300);
    expect(await status(token)).toBe(known);
    expect(known).not.toBe(429);
  });

  it('let no more accounts be made from one address in an hour than the setting says', async () => {
    harness.services.bus.answer(accounts.register, () => ({ user: {}, accessToken: 'a', expiresIn: 900, refreshToken: 'r' }) as never);
    await harness.services.bus.bus.connection.flush();
    const register = async (address: string, index: number) => {
      const headers = { 'x-forwarded-for': address };
      return (await harness.postJson('/api/auth/register', { username: `anna${index}`, password: 'a long secret' }, { headers })).status;
    };
    const statuses = [];
    for (let index = 0; index < 4; index++) statuses.push(await register('203.0.113.5', index));
    expect(statuses).toEqual([201, 201, 201, 429]);
    expect(await register('203.0.113.6', 5)).toBe(201);
  });

  it('let twenty messages at once into a room, over HTTP and the socket together', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const [one, two] = [services.aRoom([ann]), services.aRoom([ann])];
    const client = await harness.connect(ann);
    await harness.postJson(`/api/rooms/${one.record.id}/messages`, { body: 'x' }, { as: ann });
    for (let index = 0; index < 20; index++)
      client.send('message.send', { roomId: one.record.id, clientId: `c${index}`, body: 'x' }, `m${index}`);
    expect(await client.refusal('m19')).toMatchObject({
      code: 'rate_limited',
      status: 429,
      retryAfterSeconds: expect.any(Number) as number,
    });
    client.send('message.send', { roomId: two.record.id, clientId: 'c', body: 'x' }, 'other');
    await client.ack('other');
  });

  it('go on in this process when Redis is away', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const room = services.aRoom([ann]);
    await harness.servers.redis.stop();
    const reply = await harness.fetch(`/api/rooms/${room.record.id}`, { as: ann });
    expect([reply.status, reply.headers.get('ratelimit-remaining')]).toEqual([200, '199']);
    expect((await harness.fetch('/health/ready')).status).toBe(200);
    const client = await harness.connect(ann);
    client.send('message.send', { roomId: room.record.id, clientId: 'c', body: 'x' }, 'm');
    await client.ack('m');
  });
});
