import { jest } from '@jest/globals';
import { AtriumError } from '../errors.ts';
import { type GrantReply, Session } from './session.ts';

const aGrant = (userId: string, accessToken: string, expiresIn = 900) => ({ user: { id: userId }, accessToken, expiresIn }) as GrantReply;
const turn = () => new Promise((resolve) => setImmediate(resolve));
const away = AtriumError.local('network');

describe('a session that changes while a new token is on its way', () => {
  let session: Session;
  let answer: (grant: GrantReply) => void;
  let refuse: (error: AtriumError) => void;
  let heard: string[];
  beforeEach(() => {
    session = new Session('cookie', () => new Promise((resolve, reject) => ([answer, refuse] = [resolve, reject])));
    heard = [];
    session.on('started', (user) => heard.push(`started ${user.id}`));
    session.on('ended', ({ reason }) => heard.push(`ended ${reason}`));
    session.on('token', (token) => heard.push(token));
    session.start(aGrant('ann', 'ann-1'));
  });
  afterEach(() => session.end('signed_out'));

  const renewing = async (): Promise<{ code: unknown }> => {
    const renewed = session.refresh().then(
      (token) => ({ code: token }),
      (error: AtriumError) => ({ code: error.code }),
    );
    // The lock between tabs is asked for first.
    await turn();
    heard = [];
    return { code: renewed };
  };

  it('stays ended when it was signed out of meanwhile', async () => {
    const { code } = await renewing();
    session.end('signed_out');
    answer(aGrant('ann', 'ann-2'));
    expect(await code).toEqual({ code: 'unauthenticated' });
    expect(session.signedIn).toBe(false);
    expect(heard).toEqual(['ended signed_out']);
  });

  it.each([
    ['given', () => answer(aGrant('ann', 'ann-2'))],
    ['refused', () => refuse(new AtriumError({ code: 'session_revoked', status: 401, detail: 'This session has ended' }))],
  ])('belongs to whoever signed in meanwhile, though the token of the last one is %s', async (_how, arrive) => {
    const { code } = await renewing();
    session.end('signed_out');
    session.start(aGrant('ben', 'ben-1'));
    arrive();
    await code;
    expect(session.currentToken).toBe('ben-1');
    expect(heard).toEqual(['ended signed_out', 'ben-1', 'started ben']);
  });

  it('asks anew for whoever signed in while the last one’s token was on its way', async () => {
    const { code } = await renewing();
    session.start(aGrant('ben', 'ben-1'));
    const next = await renewing();
    answer(aGrant('ann', 'ann-2'));
    await turn();
    answer(aGrant('ben', 'ben-2'));
    expect(await Promise.all([code, next.code])).toEqual([{ code: 'unauthenticated' }, { code: 'ben-2' }]);
    expect(heard).toEqual(['ben-2']);
  });

  it('ends, and begins as another, when someone else signed in on this browser: nothing is done in their name', async () => {
    const { code } = await renewing();
    answer(aGrant('ben', 'ben-1'));
    expect(await code).toEqual({ code: 'unauthenticated' });
    expect(heard).toEqual(['ended signed_out', 'ben-1', 'started ben']);
  });
});

describe('a session that is kept fresh', () => {
  let refreshes: number;
  let answers: Promise<GrantReply>[];
  let session: Session;
  beforeEach(() => {
    jest.useFakeTimers();
    refreshes = 0;
    answers = [];
    session = new Session('body', () => answers[refreshes++] ?? Promise.resolve(aGrant('ann', 'again')));
    session.start(aGrant('ann', 'first', 120));
  });
  afterEach(() => {
    session.end('signed_out');
    jest.useRealTimers();
  });

  it('tries again while the server is away', async () => {
    answers = [Promise.reject(away)];
    session.keepFresh(true);
    await jest.advanceTimersByTimeAsync(60_000 + 7000);
    expect(refreshes).toBe(2);
  });

  it('lets the token run out once nothing needs it, whatever came of the last attempt', async () => {
    answers = [Promise.reject(away)];
    session.keepFresh(true);
    await jest.advanceTimersByTimeAsync(60_000);
    session.keepFresh(false);
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(refreshes).toBe(1);
  });

  it('lets the token run out when it stopped being needed while it was renewed', async () => {
    let answer: (grant: GrantReply) => void = () => undefined;
    answers = [new Promise((resolve) => (answer = resolve))];
    session.keepFresh(true);
    await jest.advanceTimersByTimeAsync(60_000);
    session.keepFresh(false);
    answer(aGrant('ann', 'second', 120));
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(refreshes).toBe(1);
  });
});
