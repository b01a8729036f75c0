import { cleanUp } from '@atrium/testing';
import { jest } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from '../../test/fake-services.ts';
import { Harness } from '../../test/harness.ts';
import { RawClient } from '../../test/raw-client.ts';

/** As large as a body may never be, and as deep. */
const NESTED = '{"a":'.repeat(170_000) + '1' + '}'.repeat(170_000);

describe('the admission of requests', () => {
  let harness: Harness;
  let ann: Person;
  let token: string;
  const raw = () => new RawClient(harness.port);
  const authorized = () => ({ Authorization: `Bearer ${token}` });

  beforeAll(async () => {
    harness = await Harness.start();
    ann = harness.services.aPerson();
    token = await harness.services.token(ann);
  });
  afterAll(cleanUp);

  describe('tells a client before a byte of its body has come', () => {
    const announced = { 'Content-Type': 'application/json', 'Content-Length': 900 };
    const upload = { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': 900 };

    it.each([
      ['that it is not signed in', 'POST /api/rooms', announced, 401, 'unauthenticated'],
      ['that it must sign in to upload', `POST /api/rooms/${uuidv7()}/files`, upload, 401, 'unauthenticated'],
      [
        'that its token is no good',
        'POST /api/rooms',
        { ...announced, Authorization: `Bearer ${'x'.repeat(8000)}` },
        401,
        'unauthenticated',
      ],
      ['that there is no such route', 'POST /api/nothing', announced, 404, 'not_found'],
      ['that there is no such route under another name of the page', 'POST /rooms', announced, 404, 'not_found'],
      ['that the method is wrong', 'PUT /api/rooms', announced, 405, 'method_not_allowed'],
      ['that the host is not ours', 'POST /api/auth/login', { ...announced, Host: 'evil.example' }, 403, 'forbidden'],
      ['that it comes from another site', 'POST /api/auth/login', { ...announced, Origin: 'https://evil.example' }, 403, 'forbidden'],
      ['that a public route takes less', 'POST /api/auth/login', { ...announced, 'Content-Length': 17_000 }, 413, 'payload_too_large'],
      ['that a public route takes JSON alone', 'POST /api/auth/login', upload, 415, 'unsupported_media_type'],
    ])('%s', async (_what, line, headers, status, code) => {
      const client = raw();
      client.begin(line, headers);
      expect([await client.answer(), client.code]).toEqual([status, code]);
    });

    it('that a route takes less, however well it is signed in', async () => {
      const client = raw();
      client.begin('POST /api/rooms', { ...announced, ...authorized(), 'Content-Length': 65_537 });
      expect([await client.answer(), client.code]).toEqual([413, 'payload_too_large']);
    });

    it('that it may go on, if it asked, and not before it may', async () => {
      const client = raw();
      client.begin('POST /api/rooms', { ...announced, Expect: '100-continue' });
      expect(await client.answer()).toBe(401);
      expect(client.heard).not.toContain('100 Continue');
      const mine = raw();
      mine.begin('POST /api/rooms', { ...announced, ...authorized(), Expect: '100-continue' });
      expect(await mine.answer()).toBe(100);
      mine.heard = '';
      mine.write('{"name": ""}'.padEnd(900));
      expect(await mine.answer()).toBe(422);
    });
  });

  it('lets a client that was refused early finish talking, and then use its connection again', async () => {
    const client = raw();
    client.begin('POST /api/rooms', { 'Content-Type': 'application/json', 'Content-Length': 3 });
    expect(await client.answer()).toBe(401);
    client.write('{} ');
    client.heard = '';
    client.begin('GET /health/live');
    expect(await client.answer()).toBe(200);
  });

  it('answers those who send 980 kB of nested JSON and may not call, without a look at it', async () => {
    const parse = jest.spyOn(JSON, 'parse');
    const reply = await harness.fetch('/api/rooms', { method: 'POST', body: NESTED, headers: { 'content-type': 'application/json' } });
    expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([401, 'unauthenticated']);
    expect(parse.mock.calls.filter(([text]) => text.length > 1000)).toEqual([]);
    parse.mockRestore();
  });

  describe('refuses a body', () => {
    const refused = async (path: string, body: string | ReadableStream, type = 'application/json') => {
      const init = { method: 'POST', body, headers: { 'content-type': type }, as: ann, duplex: 'half' };
      const reply = await harness.fetch(path, init as RequestInit);
      return [reply.status, ((await reply.json()) as { code: string }).code];
    };

    it('that nests deeper than 32 levels, wherever it is sent', async () => {
      const deep = '{"a":'.repeat(40) + '1' + '}'.repeat(40);
      for (const path of ['/api/rooms', '/api/auth/login', `/api/rooms/${uuidv7()}/messages`]) {
        expect(await refused(path, deep)).toEqual([400, 'malformed_request']);
      }
    });

    it('that has thousands of values', async () => {
      expect(await refused('/api/rooms', `{"a":[${'1,'.repeat(5000)}1]}`)).toEqual([400, 'malformed_request']);
    });

    it('that does not say how long it is, once it is too long', async () => {
      const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new TextEncoder().encode('"'.padEnd(16_384, 'x'))) });
      expect(await refused('/api/rooms', endless)).toEqual([413, 'payload_too_large']);
    });
  });

  it('takes ten thousand characters of a message however they are written', async () => {
    const room = harness.services.aRoom([ann]);
    const escaped = `{"body":"${'\\ud83d\\ude00'.repeat(10_000)}"}`;
    const reply = await harness.fetch(`/api/rooms/${room.record.id}/messages`, {
      as: ann,
      method: 'POST',
      body: escaped,
      headers: { 'content-type': 'application/json' },
    });
    expect(reply.status).toBe(201);
  });

  it('refuses frames of a socket that nest too deep', async () => {
    const client = await harness.connect(ann);
    client.socket.send(`{"event":"presence","id":"deep","data":${'['.repeat(32)}${']'.repeat(32)}}`);
    expect(await client.next('error')).toMatchObject({ code: 'malformed_request' });
  });
});

describe('the time that a client has', () => {
  let harness: Harness;
  let ann: Person;
  const raw = () => new RawClient(harness.port);

  beforeAll(async () => {
    const settings = {
      GATEWAY_HEADERS_SECONDS: '0.2',
      GATEWAY_SILENCE_SECONDS: '0.2',
      GATEWAY_BODY_SECONDS: '0.6',
      GATEWAY_IDLE_SECONDS: '0.3',
    };
    harness = await Harness.start({ settings });
    ann = harness.services.aPerson();
  });
  afterAll(cleanUp);

  const begin = async (line: string, type: string) => {
    const client = raw();
    client.begin(line, { 'Content-Type': type, 'Content-Length': 5000, Authorization: `Bearer ${await harness.services.token(ann)}` });
    return client;
  };
  const late = async (client: RawClient) => {
    expect([await client.answer(), client.code]).toEqual([408, 'request_timeout']);
    await client.ended();
  };

  it('ends with a connection that says nothing', async () => {
    await late(raw());
  });

  it('ends with headers that do not come', async () => {
    const client = raw();
    client.write('POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nX-A: ');
    client.drip('a', 20);
    await late(client);
  });

  it('ends with a connection that asks nothing more', async () => {
    const client = raw();
    client.begin('GET /health/live');
    expect(await client.answer()).toBe(200);
    await client.ended();
  });

  it('ends with a body that does not come', async () => {
    const client = await begin('POST /api/rooms', 'application/json');
    client.write('{"name":');
    await late(client);
  });

  it('ends with a body that comes byte by byte', async () => {
    const client = await begin('POST /api/rooms', 'application/json');
    client.drip('x', 20);
    await late(client);
  });

  it.each(['multipart/mixed; boundary=x', 'multipart/form-data; boundary=x', 'Multipart/Form-Data; boundary=x', 'multipart/x'])(
    'is the same with a body of type %s where none is taken',
    async (type) => {
      for (const line of ['POST /api/rooms', 'POST /api/auth/login', 'POST /nowhere', 'GET /', 'GET /api/docs']) {
        const client = await begin(line, type);
        client.drip('x', 20);
        expect([200, 404, 415]).toContain(await client.answer());
        await client.ended();
      }
    },
  );
});
