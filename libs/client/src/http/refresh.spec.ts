import { jest } from '@jest/globals';
import { AtriumClient } from '../atrium-client.ts';
import type { TokenTransport } from './session.ts';

type Answer = (signal: AbortSignal) => Promise<Response>;

const grant: Answer = () => Promise.resolve(Response.json({ user: { id: 'ann' }, accessToken: 'fresh', expiresIn: 900 }));
const brokenLine: Answer = () => Promise.reject(new TypeError('fetch failed'));
const tooLate: Answer = (signal) => Promise.reject(signal.reason as Error);
const refusal =
  (status: number, code: string): Answer =>
  () =>
    Promise.resolve(Response.json({ code, detail: 'no' }, { status }));

describe('asking for a new token', () => {
  let asked: number;
  const aClient = (tokenTransport: TokenTransport, ...answers: Answer[]) => {
    asked = 0;
    const fetch = (_address: unknown, init?: RequestInit) => (answers[asked++] ?? grant)(init?.signal as AbortSignal);
    return new AtriumClient({ baseUrl: 'http://atrium.test', tokenTransport, fetch: fetch as typeof globalThis.fetch });
  };
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['the line broke', brokenLine],
    ['a service behind the gateway answered too late', refusal(503, 'deadline_exceeded')],
  ])('asks a browser’s question once more at once when %s: the token may be used already', async (_why, answer) => {
    await expect(aClient('cookie', answer).session.refresh()).resolves.toBe('fresh');
    expect(asked).toBe(2);
  });

  it('waits five seconds for each reply, well within the time a used token is good for', async () => {
    const waits: number[] = [];
    jest.spyOn(AbortSignal, 'timeout').mockImplementation((waitMs) => {
      waits.push(waitMs);
      return AbortSignal.abort(new DOMException('too late', 'TimeoutError'));
    });
    const client = aClient('cookie', tooLate, tooLate);
    await expect(client.session.refresh()).rejects.toMatchObject({ code: 'timeout' });
    expect(waits).toEqual([5000, 5000]);
    await expect(client.session.refresh()).resolves.toBe('fresh');
  });

  it('does not ask again when the answer is no', async () => {
    await expect(aClient('cookie', refusal(401, 'session_revoked')).session.refresh()).rejects.toMatchObject({ code: 'session_revoked' });
    expect(asked).toBe(1);
  });

  it('does not ask again with a token it keeps itself: used twice, that one ends the session', async () => {
    await expect(aClient('body', brokenLine).session.refresh()).rejects.toMatchObject({ code: 'network' });
    expect(asked).toBe(1);
  });
});
