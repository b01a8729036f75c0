import { FakeServer } from '../../test/fake-server.ts';
import { AtriumClient } from '../atrium-client.ts';
import { AtriumError } from '../errors.ts';

describe('requests and the session', () => {
  let server: FakeServer;
  let client: AtriumClient;
  let refreshes: number;
  beforeEach(async () => {
    server = await FakeServer.start();
    client = new AtriumClient({ baseUrl: `${server.origin}/`, tokenTransport: 'body' });
    refreshes = 0;
    server.routes.set('POST /api/auth/refresh', () => {
      refreshes += 1;
      return {
        status: 200,
        body: { user: { id: 'ann' }, accessToken: `fresh-${refreshes}`, expiresIn: 900, refreshToken: `r${refreshes}` },
      };
    });
  });
  afterEach(async () => {
    client.session.end('signed_out');
    await server.stop();
  });

  const signIn = (expiresIn = 900) =>
    client.session.start({ user: { id: 'ann' } as never, accessToken: 'first', expiresIn, refreshToken: 'r0' });
  const acceptOnly = (token: string) =>
    server.routes.set('GET /api/me', ({ headers }) =>
      headers.authorization === `Bearer ${token}`
        ? { status: 200, body: { id: 'ann' } }
        : { status: 401, body: { code: 'unauthenticated', detail: 'no' } },
    );

  it('replaces a refused token once for everyone who asks at the same time, and repeats their requests', async () => {
    signIn();
    acceptOnly('fresh-1');
    const users = await Promise.all([client.me.get(), client.me.get(), client.me.get()]);
    expect(users).toHaveLength(3);
    expect(refreshes).toBe(1);
  });

  it('renews a token that is about to end before it is used', async () => {
    signIn(30);
    acceptOnly('fresh-1');
    await client.me.get();
    expect(refreshes).toBe(1);
  });

  it('gives up after one repeat', async () => {
    signIn();
    acceptOnly('never');
    await expect(client.me.get()).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
    expect(refreshes).toBe(1);
  });

  it('says that the session ended when the refresh token is refused', async () => {
    signIn(0);
    server.routes.set('POST /api/auth/refresh', () => ({
      status: 401,
      body: { code: 'session_revoked', detail: 'This session has ended' },
    }));
    const ended = client.session.once('ended');
    await expect(client.me.get()).rejects.toMatchObject({ code: 'session_revoked' });
    await expect(ended).resolves.toEqual({ reason: 'revoked' });
    expect(client.session.signedIn).toBe(false);
  });

  it('keeps the session when the server is merely away', async () => {
    signIn(0);
    server.routes.set('POST /api/auth/refresh', () => ({ status: 503, body: { code: 'service_unavailable', detail: 'away' } }));
    await expect(client.me.get()).rejects.toMatchObject({ code: 'service_unavailable', retryable: true });
    expect(client.session.signedIn).toBe(true);
  });

  it.each([
    [408, 'request_timeout', true],
    [503, 'service_unavailable', true],
    [403, 'forbidden', false],
  ])('says of a refusal with %i %s whether the same request may succeed later: %s', async (status, code, retryable) => {
    signIn();
    server.routes.set('POST /api/rooms', () => ({ status, body: { code, detail: 'not now' } }));
    await expect(client.rooms.create({ name: 'x' })).rejects.toMatchObject({ status, code, retryable });
  });

  it('reads a problem document into an error', async () => {
    signIn();
    server.routes.set('POST /api/rooms', () => ({
      status: 422,
      body: { code: 'validation_failed', detail: 'name: must not be empty', errors: [{ path: 'name', message: 'must not be empty' }] },
      headers: { 'x-request-id': 'req-1', 'retry-after': '7' },
    }));
    const error = await client.rooms.create({ name: '' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AtriumError);
    expect(error).toMatchObject({
      code: 'validation_failed',
      status: 422,
      requestId: 'req-1',
      retryAfterSeconds: 7,
      errors: [{ path: 'name', message: 'must not be empty' }],
    });
  });

  it('tells a page of a proxy from a problem of ours', async () => {
    signIn();
    server.routes.set('GET /api/me', () => ({ status: 502, body: '<html>' }));
    await expect(client.me.get()).rejects.toMatchObject({ code: 'service_unavailable', status: 502 });
  });

  it('calls a server that cannot be reached a network error', async () => {
    const nowhere = new AtriumClient({ baseUrl: 'http://127.0.0.1:1', tokenTransport: 'body' });
    await expect(nowhere.auth.logIn({ username: 'ann', password: 'x' })).rejects.toMatchObject({ code: 'network', status: 0 });
  });
});
