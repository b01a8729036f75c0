import { accounts, accountEvents, type AppError } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { aMailServer, type MailServer } from '../../test/mail-server.ts';
import { PASSWORD, aGrant, aUsername, anAccountsService, anOrigin, type AccountsStack } from '../../test/accounts-stack.ts';

const DONE = 'answered without a refusal';
const NEXT = 'another staple entirely';
let stack: AccountsStack;
let mails: MailServer;

beforeAll(async () => {
  mails = await aMailServer();
  stack = await anAccountsService({ ACCOUNTS_SMTP_URL: mails.url, ACCOUNTS_PUBLIC_URL: 'https://chat.example.org' });
});
afterAll(cleanUp);

/** Somebody with two sessions, of which the first asks. */
async function aPerson(draft: { email?: string } = {}) {
  const username = aUsername();
  const grant = await aGrant(stack.bus, { username, ...draft });
  const other = await stack.bus.call(accounts.logIn, { username, password: PASSWORD, origin: anOrigin() });
  const sessionId = sessionOf(grant.accessToken);
  return { username, id: grant.user.id, sessionId, otherSessionId: sessionOf(other.accessToken), deviceToken: other.deviceToken };
}

const sessionOf = (accessToken: string) =>
  (JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as { sid: string }).sid;
const isActive = async (sessionId: string) => (await stack.bus.call(accounts.checkSession, { sessionId })).active;
const as = ({ id, sessionId }: { id: string; sessionId: string }) => ({ actorId: id, sessionId });
const codeOfLogIn = (username: string, password: string) =>
  stack.bus.call(accounts.logIn, { username, password, origin: anOrigin() }).then(
    () => 'in',
    (error: AppError) => error.code,
  );

describe('changing a password', () => {
  it('lets in with the new one alone, and ends every session but the one that asks', async () => {
    const person = await aPerson();
    const ended = await stack.bus.hear(accountEvents.sessionEnded);
    await stack.bus.rpc.call(accounts.changePassword, { current: PASSWORD, next: NEXT }, as(person));
    expect(await codeOfLogIn(person.username, PASSWORD)).toBe('wrong_credentials');
    expect(await codeOfLogIn(person.username, NEXT)).toBe('in');
    expect([await isActive(person.sessionId), await isActive(person.otherSessionId)]).toEqual([true, false]);
    await waitFor(() => ended.some(({ sessionId }) => sessionId === person.otherSessionId));
  });

  it('refuses who does not know the current one, and after ten guesses who does', async () => {
    const person = await aPerson();
    const change = (current: string) => stack.bus.refusal(accounts.changePassword, { current, next: NEXT }, person.id);
    for (let i = 0; i < 10; i++) expect(await change(`guess ${i}`)).toBe('wrong_password');
    expect(await change(PASSWORD)).toBe('too_many_attempts');
    expect(await codeOfLogIn(person.username, PASSWORD)).toBe('in');
  });

  it('refuses one that is guessed first, and names the field', async () => {
    const person = await aPerson();
    const refused = await stack.bus
      .call(accounts.changePassword, { current: PASSWORD, next: 'password' }, person.id)
      .catch((error: AppError) => error);
    expect(refused).toMatchObject({ code: 'validation_failed', data: { errors: [{ path: 'next' }] } });
  });
});

describe('a forgotten password', () => {
  const forget = (usernameOrEmail: string) => stack.bus.call(accounts.forgotPassword, { usernameOrEmail });
  const reset = (token: string, password = NEXT) => stack.bus.refusal(accounts.resetPassword, { token, password });
  async function aLink(email: string) {
    const before = mails.to(email).length;
    await forget(email);
    const text = await waitFor(() => mails.to(email)[before]?.text, { what: 'the mail' });
    expect(text).toContain('https://chat.example.org/reset-password#token=');
    return /#token=([\w-]+)/.exec(text)![1]!;
  }

  it('is replaced through the link in the mail, once, which ends every session and forgets known devices', async () => {
    const person = await aPerson({ email: 'ann@example.org' });
    const token = await aLink('ann@example.org');
    expect(await reset(token)).toBe(DONE);
    expect(await codeOfLogIn(person.username, NEXT)).toBe('in');
    expect([await isActive(person.sessionId), await isActive(person.otherSessionId)]).toEqual([false, false]);
    expect(await reset(token, 'a third one, not twice')).toBe('reset_link_invalid');
    const known = await stack.database.query('select 1 from accounts.known_devices where user_id = $1', [person.id]);
    expect(known).toHaveLength(1);
  });

  it('lets its owner in with the new one at once, however many wrong ones shut the account before', async () => {
    const person = await aPerson({ email: 'fay@example.org' });
    for (let i = 0; i < 10; i++) expect(await codeOfLogIn(person.username, `guess ${i}`)).toBe('wrong_credentials');
    expect(await codeOfLogIn(person.username, PASSWORD)).toBe('too_many_attempts');
    const change = (current: string) => stack.bus.refusal(accounts.changePassword, { current, next: NEXT }, person.id);
    for (let i = 0; i < 10; i++) await change(`guess ${i}`);
    expect(await reset(await aLink('fay@example.org'))).toBe(DONE);
    expect(await codeOfLogIn(person.username, NEXT)).toBe('in');
    expect(await stack.bus.refusal(accounts.changePassword, { current: NEXT, next: 'a third one, not twice' }, person.id)).toBe(DONE);
  });

  it('has a link for thirty minutes, void as soon as the password was changed otherwise, and kept as a hash', async () => {
    const person = await aPerson({ email: 'bea@example.org' });
    const late = await aLink('bea@example.org');
    const [row] = await stack.database.query<{ minutes: number; token_hash: string }>(
      `select extract(epoch from expires_at - created_at)::float8 / 60 "minutes", token_hash from accounts.password_resets where user_id = $1`,
      [person.id],
    );
    expect(row!.minutes).toBeCloseTo(30, 1);
    expect(row!.token_hash).not.toContain(late);
    await stack.database.query('update accounts.password_resets set expires_at = now() where user_id = $1', [person.id]);
    expect(await reset(late)).toBe('reset_link_invalid');
    const overtaken = await aLink('bea@example.org');
    await stack.bus.rpc.call(accounts.changePassword, { current: PASSWORD, next: NEXT }, as(person));
    expect(await reset(overtaken)).toBe('reset_link_invalid');
  });

  it('is answered alike for a name that nobody has', async () => {
    expect(await forget('nobody-at-all')).toEqual({});
    expect(await forget('nobody@example.org')).toEqual({});
    expect(mails.to('nobody@example.org')).toEqual([]);
  });

  it('is mailed about three times in the half hour, however often somebody asks', async () => {
    await aPerson({ email: 'cat@example.org' });
    await aPerson({ email: 'dora@example.org' });
    for (let i = 0; i < 6; i++) await forget('cat@example.org');
    await waitFor(() => mails.to('cat@example.org').length === 3);
    await aLink('dora@example.org');
    expect(mails.to('cat@example.org')).toHaveLength(3);
  });

  it('may not become one that is guessed first, and the link still works then', async () => {
    await aPerson({ email: 'emil@example.org' });
    const token = await aLink('emil@example.org');
    expect(await reset(token, 'iloveyou')).toBe('validation_failed');
    expect(await reset(token)).toBe(DONE);
  });
});
