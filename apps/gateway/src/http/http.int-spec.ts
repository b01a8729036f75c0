import { accounts, receiptOf, rooms } from '@atrium/contracts';
import { cleanUp, temporaryDirectory } from '@atrium/testing';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { aRoomRecord } from '../../test/builders.ts';
import type { Person } from '../../test/fake-services.ts';
import { Harness } from '../../test/harness.ts';

const SCRIPT = `console.log(${JSON.stringify('x'.repeat(4000))});`;

const INLINE_SCRIPT = "document.documentElement.setAttribute('data-dark', '');";

describe('the HTTP interface', () => {
  let harness: Harness;
  let ann: Person;

  beforeAll(async () => {
    const web = await temporaryDirectory('web');
    await mkdir(join(web, 'assets'));
    await writeFile(join(web, 'index.html'), `<!doctype html><title>Atrium</title><script>${INLINE_SCRIPT}</script>`);
    await writeFile(join(web, 'assets', 'index-Bx3kQ9aZ.js'), SCRIPT);
    harness = await Harness.start({ webDirectory: web });
    ann = harness.services.aPerson();
  });
  afterAll(cleanUp);

  const problem = async (reply: Response) => {
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    const body = (await reply.json()) as Record<string, unknown>;
    expect(body['requestId']).toBe(reply.headers.get('x-request-id'));
    expect(body['status']).toBe(reply.status);
    return body;
  };

  it('keeps answers out of caches however the address is spelt', async () => {
    for (const path of ['/api/rooms', '/%61pi/rooms']) {
      const reply = await harness.fetch(path, { as: ann });
      expect([reply.status, reply.headers.get('cache-control')]).toEqual([200, 'no-store']);
    }
  });

  describe('refuses with a problem document', () => {
    it('who is not signed in', async () => {
      const reply = await harness.fetch('/api/me');
      expect(reply.status).toBe(401);
      expect(reply.headers.get('www-authenticate')).toBe('Bearer');
      expect(await problem(reply)).toMatchObject({ code: 'unauthenticated', type: 'urn:atrium:error:unauthenticated' });
    });

    it('an expired token', async () => {
      const token = await harness.services.token(ann, -10);
      const reply = await harness.fetch('/api/me', { headers: { authorization: `Bearer ${token}` } });
      expect(await problem(reply)).toMatchObject({ status: 401, code: 'unauthenticated' });
    });

    it('an unknown path with 404 and a known path by another method with 405', async () => {
      expect(await problem(await harness.fetch('/api/nope', { as: ann }))).toMatchObject({ status: 404, code: 'not_found' });
      expect(await problem(await harness.fetch('/api/nope', { as: ann, method: 'POST' }))).toMatchObject({
        status: 404,
        code: 'not_found',
      });
      const reply = await harness.fetch('/api/me', { as: ann, method: 'PUT' });
      expect(reply.headers.get('allow')).toContain('PATCH');
      expect(await problem(reply)).toMatchObject({ status: 405, code: 'method_not_allowed' });
    });

    it('a path id that is no UUID as what does not exist', async () => {
      expect(await problem(await harness.fetch('/api/rooms/12', { as: ann }))).toMatchObject({ status: 404, code: 'room_not_found' });
      expect(await problem(await harness.fetch(`/api/rooms/${'x'.repeat(300)}`, { as: ann }))).toMatchObject({
        status: 404,
        code: 'not_found',
      });
      const file = `/api/rooms/${uuidv7()}/files/x`;
      expect(await problem(await harness.fetch(file, { as: ann }))).toMatchObject({ status: 404, code: 'file_not_found' });
    });

    it('bodies that are broken, too large, of another type, or not valid', async () => {
      const send = (body: string, type = 'application/json') =>
        harness.fetch('/api/rooms', { as: ann, method: 'POST', body, headers: { 'content-type': type } });
      expect(await problem(await send('{'))).toMatchObject({ status: 400, code: 'malformed_request' });
      expect(await problem(await send(`"${'x'.repeat(1_100_000)}"`))).toMatchObject({ status: 413, code: 'payload_too_large' });
      expect(await problem(await send('name=x', 'application/x-www-form-urlencoded'))).toMatchObject({
        status: 415,
        code: 'unsupported_media_type',
      });
      expect(await problem(await send('--x--', 'multipart/form-data; boundary=x'))).toMatchObject({ status: 415 });
      expect(await problem(await send('{"name":""}'))).toMatchObject({
        status: 422,
        code: 'validation_failed',
        errors: [{ path: 'name' }],
      });
      expect(await problem(await send(''))).toMatchObject({ status: 422, errors: [{ path: 'name' }] });
      expect(await problem(await send('[]'))).toMatchObject({ status: 422 });
    });

    it('a limit outside 1 to 100 and two anchors at once', async () => {
      const page = (query: string) => harness.fetch(`/api/rooms/${uuidv7()}/messages?${query}`, { as: ann });
      expect(await problem(await page('limit=101'))).toMatchObject({ status: 422, errors: [{ path: 'limit' }] });
      expect(await problem(await page('limit=0'))).toMatchObject({ status: 422 });
      expect(await problem(await page('before=3&after=1'))).toMatchObject({ status: 422, errors: [{ path: 'before' }] });
    });

    it('a service that is away with 503, when to come back, and nothing of the inside', async () => {
      const reply = await harness.fetch('/api/me/credits', { as: ann });
      expect(reply.headers.get('retry-after')).toMatch(/^\d+$/);
      const text = JSON.stringify(await problem(reply));
      expect(text).toContain('service_unavailable');
      expect(text).not.toMatch(/rpc\.|nats|accounts|stack/i);
    });

    it('what it does not understand itself with 500 and only an id', async () => {
      const broken = harness.services.bus.answer(accounts.getMe, () => {
        throw new Error('secret');
      });
      await harness.services.bus.bus.connection.flush();
      const reply = await harness.fetch('/api/me', { as: ann });
      expect(await problem(reply)).toMatchObject({ status: 500, code: 'internal', detail: 'Something went wrong on our side' });
      broken.unsubscribe();
    });

    it('a request line that no route could be for', async () => {
      const raw = await rawRequest(harness.port, 'GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      expect(raw).toMatch(/^HTTP\/1.1 404/);
    });
  });

  it('echoes a sane request id and makes one otherwise', async () => {
    const given = await harness.fetch('/health/live', { headers: { 'x-request-id': 'abc-123' } });
    expect(given.headers.get('x-request-id')).toBe('abc-123');
    const made = await harness.fetch('/health/live', { headers: { 'x-request-id': 'not sane!' } });
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('takes trailing slashes', async () => {
    const room = harness.services.aRoom([ann]);
    expect((await harness.fetch(`/api/rooms/${room.record.id}/`, { as: ann })).status).toBe(200);
  });

  it('composes a room for a member, and without the inside for who is not', async () => {
    const bob = harness.services.aPerson();
    const room = harness.services.aRoom([ann]);
    harness.services.store(room, 'hi');
    const mine = (await (await harness.fetch(`/api/rooms/${room.record.id}`, { as: ann })).json()) as object;
    expect(mine).toMatchObject({ id: room.record.id, epoch: room.epoch, lastSeq: 1, me: { role: 'member', unread: 0 } });
    const theirs = (await (await harness.fetch(`/api/rooms/${room.record.id}`, { as: bob })).json()) as object;
    expect(theirs).not.toHaveProperty('me');
    expect(theirs).not.toHaveProperty('lastMessage');
  });

  it('passes the idempotency key on and refuses one that is too long', async () => {
    const keys: unknown[] = [];
    const record = aRoomRecord({ me: { role: 'host', joinedAt: new Date().toISOString(), mutedUntil: null, notify: 'all' } });
    harness.services.rooms.set(record.id, { record, members: new Set([ann.userId]), entries: [], epoch: uuidv7() });
    harness.services.bus.answer(rooms.create, ({ idempotencyKey }) => {
      keys.push(idempotencyKey);
      return { room: record, ...receiptOf({ kind: 'room', key: record.id, version: 1 }) };
    });
    await harness.services.bus.bus.connection.flush();
    const created = await harness.postJson('/api/rooms', { name: 'x' }, { as: ann, headers: { 'idempotency-key': 'k1' } });
    expect(created.status).toBe(201);
    expect(keys).toEqual(['k1']);
    const refused = await harness.postJson('/api/rooms', { name: 'x' }, { as: ann, headers: { 'idempotency-key': 'k'.repeat(65) } });
    expect(await problem(refused)).toMatchObject({ status: 422, errors: [{ path: 'Idempotency-Key' }] });
  });

  it('sends a message over HTTP and answers with the whole of it', async () => {
    const room = harness.services.aRoom([ann]);
    const reply = await harness.postJson(
      `/api/rooms/${room.record.id}/messages`,
      { body: 'hello' },
      { as: ann, headers: { 'idempotency-key': 'k9' } },
    );
    expect(reply.status).toBe(201);
    expect(await reply.json()).toMatchObject({ body: 'hello', seq: 1, clientId: 'k9', authorId: ann.userId });
  });

  it('gives a message without a key one of its own, under which a call that is repeated stores it once', async () => {
    const room = harness.services.aRoom([ann]);
    const reply = await harness.postJson(`/api/rooms/${room.record.id}/messages`, { body: 'hello' }, { as: ann });
    expect(await reply.json()).toMatchObject({ body: 'hello', clientId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  describe('serves the page', () => {
    it('at every place it could have, never cached, with a policy', async () => {
      for (const path of ['/', '/rooms/create', `/rooms/${uuidv7()}`]) {
        const reply = await harness.fetch(path);
        expect(reply.status).toBe(200);
        expect(await reply.text()).toContain('<title>Atrium</title>');
        expect(reply.headers.get('cache-control')).toBe('no-cache');
        expect(reply.headers.get('content-security-policy')).toContain("script-src 'self'");
        // A picture of another host would tell that host who reads what, and when.
        expect(reply.headers.get('content-security-policy')).toMatch(/img-src 'self' data: blob:(;|$)/);
      }
      expect((await harness.fetch('/assets/missing-Bx3kQ9aZ.js')).status).toBe(404);
      expect((await harness.fetch('/../package.json')).status).toBe(404);
    });

    it('with hashed files kept for ever, compressed and tagged', async () => {
      const path = '/assets/index-Bx3kQ9aZ.js';
      const reply = await harness.fetch(path, { headers: { 'accept-encoding': 'br' } });
      expect(reply.headers.get('cache-control')).toContain('immutable');
      expect(reply.headers.get('content-encoding')).toBe('br');
      expect(await reply.text()).toBe(SCRIPT);
      const again = await harness.fetch(path, { headers: { 'if-none-match': reply.headers.get('etag')! } });
      expect(again.status).toBe(304);
    });
  });

  it('compresses an answer of some length for who takes it so, and leaves a short one', async () => {
    const read = async (path: string, encoding: string) => {
      const reply = await harness.fetch(path, { headers: { 'accept-encoding': encoding } });
      return { encoding: reply.headers.get('content-encoding'), vary: reply.headers.get('vary') ?? '', text: await reply.text() };
    };
    const whole = await read('/api/openapi.json', 'identity');
    expect(whole.encoding).toBe(null);
    for (const encoding of ['br', 'gzip']) {
      const compressed = await read('/api/openapi.json', encoding);
      expect(compressed).toMatchObject({ encoding, text: whole.text });
      expect(compressed.vary).toMatch(/accept-encoding/i);
    }
    expect(await read('/health/live', 'br')).toMatchObject({ encoding: null });
  });

  it('packs what it says of itself once, not for each stranger who asks', async () => {
    for (const path of ['/api/openapi.json', '/api/asyncapi.json']) {
      const reply = await harness.fetch(path, { headers: { 'accept-encoding': 'br' } });
      // What is packed while it is sent has no length yet.
      expect(Number(reply.headers.get('content-length'))).toBeGreaterThan(0);
      expect(reply.headers.get('content-encoding')).toBe('br');
      const tag = reply.headers.get('etag') ?? '';
      expect((await harness.fetch(path, { headers: { 'if-none-match': tag } })).status).toBe(304);
    }
  });

  it('lets the page run what stands in it, and nothing else of its kind', async () => {
    const policy = (await harness.fetch('/rooms')).headers.get('content-security-policy') ?? '';
    const hash = createHash('sha256').update(INLINE_SCRIPT).digest('base64');
    expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`);
    expect((await harness.fetch('/assets/index-Bx3kQ9aZ.js')).headers.get('content-security-policy')).toContain("script-src 'self';");
  });

  it('tells what it serves, and is ready once every service is', async () => {
    const openapi = (await (await harness.fetch('/api/openapi.json')).json()) as { openapi: string; paths: Record<string, unknown> };
    expect(openapi.openapi).toBe('3.1.0');
    expect(Object.keys(openapi.paths)).toContain('/api/rooms/{roomId}/messages');
    const asyncapi = (await (await harness.fetch('/api/asyncapi.json')).json()) as { asyncapi: string };
    expect(asyncapi.asyncapi).toBe('3.0.0');
    const docs = await harness.fetch('/api/docs/');
    expect(await docs.text()).toContain('swagger-ui-bundle.js');
    expect((await harness.fetch('/api/docs/swagger-ui-bundle.js')).status).toBe(200);
    const ready = await harness.fetch('/health/ready');
    expect(await ready.json()).toMatchObject({ ready: true, checks: { nats: 'ok', messages: 'ok', bot: 'ok', canary: 'ok' } });
  });

  it('asks the services once for all who want to know at the same time whether it is ready', async () => {
    const { calls } = harness.services;
    calls.length = 0;
    const replies = await Promise.all(Array.from({ length: 50 }, () => harness.fetch('/health/ready')));
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    // They may come upon the end of one second and the beginning of the next.
    expect(calls.filter((call) => call === 'health.messages').length).toBeLessThanOrEqual(2);
  });
});

function rawRequest(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let received = '';
    socket
      .on('data', (chunk) => (received += String(chunk)))
      .on('end', () => resolve(received))
      .on('error', reject);
  });
}
