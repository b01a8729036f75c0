import { jest } from '@jest/globals';
import { AtriumClient } from '../atrium-client.ts';

type Answer = () => Response;

const ROOM = '01900000-0000-7000-8000-000000000001';
const busy =
  (retryAfter: string): Answer =>
  () =>
    Response.json({ code: 'service_unavailable', detail: 'busy' }, { status: 503, headers: { 'retry-after': retryAfter } });
const joined: Answer = () => Response.json({ room: { id: ROOM }, member: { userId: 'ann' } });

describe('joining a room when the server is busy', () => {
  let asked: string[];
  const aClient = (...answers: Answer[]) => {
    asked = [];
    const fetch = (address: unknown) => {
      if (String(address).endsWith('/auth/refresh')) {
        return Promise.resolve(Response.json({ user: { id: 'ann' }, accessToken: 'token', expiresIn: 900 }));
      }
      asked.push(String(address));
      return Promise.resolve((answers[asked.length - 1] ?? joined)());
    };
    return new AtriumClient({ baseUrl: 'http://atrium.test', tokenTransport: 'cookie', fetch: fetch as typeof globalThis.fetch });
  };
  let waits: (number | undefined)[];
  beforeEach(() => {
    waits = [];
    jest.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms?: number) => {
      waits.push(ms);
      queueMicrotask(run);
    }) as unknown as typeof setTimeout);
  });
  afterEach(() => jest.restoreAllMocks());

  it('waits about as long as it is told to, and asks again', async () => {
    await expect(aClient(busy('1'), busy('2')).rooms.join(ROOM)).resolves.toMatchObject({ room: { id: ROOM } });
    expect(asked).toHaveLength(3);
    expect(waits[0]).toBeGreaterThanOrEqual(500);
    expect(waits[0]).toBeLessThan(1500);
    expect(waits[1]).toBeGreaterThanOrEqual(1000);
  });

  it('says so after five refusals', async () => {
    await expect(aClient(...Array.from({ length: 5 }, () => busy('1'))).rooms.join(ROOM)).rejects.toMatchObject({
      code: 'service_unavailable',
    });
    expect(asked).toHaveLength(5);
  });

  it('says so at once when it would have to wait for long', async () => {
    await expect(aClient(busy('60')).rooms.join(ROOM)).rejects.toMatchObject({ code: 'service_unavailable', retryAfterSeconds: 60 });
    expect(asked).toHaveLength(1);
  });

  it('does not repeat what may not be done twice', async () => {
    await expect(aClient(busy('1')).rooms.leave(ROOM)).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(asked).toHaveLength(1);
  });
});
