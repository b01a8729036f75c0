import { accounts, type AppError } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { TOTP } from 'otpauth';
import { PASSWORD, aGrant, aUsername, anAccountsService, anOrigin, type AccountsStack } from '../../test/accounts-stack.ts';

type Person = { id: string; username: string; secret: string; recoveryCodes: string[] };
let stack: AccountsStack;

beforeAll(async () => {
  stack = await anAccountsService();
});
afterAll(cleanUp);

const PERIOD_MS = 30_000;
/** A code of the app, now or some periods away. */
const codeOf = (secret: string, periods = 0) =>
  new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: Date.now() + periods * PERIOD_MS });
const setUp = (id: string, code?: string) => stack.bus.call(accounts.setUpTwoFactor, { code }, id);
const firstStep = (username: string, password = PASSWORD) =>
  stack.bus.call(accounts.logIn, { username, password, origin: anOrigin() }).catch((error: AppError) => error);
const secondStep = (challenge: string, code: string) =>
  stack.bus.call(accounts.completeLogIn, { challenge, code, origin: anOrigin() }).then(
    ({ user }) => user.username,
    (error: AppError) => error.code,
  );
async function aChallenge(username: string): Promise<string> {
  const refused = await firstStep(username);
  expect(refused).toMatchObject({ code: 'two_factor_required' });
  return String((refused as AppError).data['challenge']);
}

/** Somebody whose second factor is on, by a code of the period before, so that now's is still good. */
async function aCarefulPerson(): Promise<Person> {
  const username = aUsername();
  const { user } = await aGrant(stack.bus, { username });
  const { secret } = await setUp(user.id);
  const { recoveryCodes } = await setUp(user.id, codeOf(secret!, -1));
  return { id: user.id, username, secret: secret!, recoveryCodes: recoveryCodes! };
}

describe('turning the second factor on', () => {
  it('gives a secret and its address for apps, and ten recovery codes once a code of it was right', async () => {
    const { user } = await aGrant(stack.bus, { username: 'ann' });
    const begun = await setUp(user.id);
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\/Atrium:ann\?.*secret=/);
    expect(await stack.bus.refusal(accounts.setUpTwoFactor, { code: '000000' }, user.id)).toBe('validation_failed');
    expect(await stack.bus.call(accounts.twoFactor, {}, user.id)).toMatchObject({ enabled: false });
    const on = await setUp(user.id, codeOf(begun.secret!));
    expect(new Set(on.recoveryCodes).size).toBe(10);
    expect(on).toMatchObject({ enabled: true, recoveryCodesLeft: 10 });
    expect(on.secret).toBeUndefined();
    expect(await stack.bus.refusal(accounts.setUpTwoFactor, {}, user.id)).toBe('two_factor_enabled');
  });

  it('keeps neither the secret nor the recovery codes readable', async () => {
    const { id, secret, recoveryCodes } = await aCarefulPerson();
    const stored = JSON.stringify([
      await stack.database.query('select * from accounts.two_factors where user_id = $1', [id]),
      await stack.database.query('select * from accounts.recovery_codes where user_id = $1', [id]),
    ]);
    for (const told of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))])
      expect(stored).not.toContain(told);
  });
});

describe('signing in with a second factor', () => {
  it('takes a code of the app after the password, once', async () => {
    const { username, secret } = await aCarefulPerson();
    const code = codeOf(secret);
    const challenge = await aChallenge(username);
    expect(await secondStep(challenge, ` ${code.slice(0, 3)} ${code.slice(3)}`)).toBe(username);
    expect(await secondStep(challenge, code)).toBe('challenge_expired');
    expect(await secondStep(await aChallenge(username), code)).toBe('wrong_code');
  });

  it('takes each recovery code once, however it is typed', async () => {
    const { id, username, recoveryCodes } = await aCarefulPerson();
    const typed = recoveryCodes[3]!.toLowerCase().replaceAll('-', ' ');
    expect(await secondStep(await aChallenge(username), typed)).toBe(username);
    expect(await secondStep(await aChallenge(username), typed)).toBe('wrong_code');
    expect(await stack.bus.call(accounts.twoFactor, {}, id)).toMatchObject({ recoveryCodesLeft: 9 });
  });

  it('refuses codes of other times, of other people, and challenges of nobody', async () => {
    const [ann, ben] = [await aCarefulPerson(), await aCarefulPerson()];
    const challenge = await aChallenge(ann.username);
    expect(await secondStep(challenge, codeOf(ann.secret, 4))).toBe('wrong_code');
    expect(await secondStep(challenge, codeOf(ben.secret))).toBe('wrong_code');
    expect(await secondStep(challenge, ben.recoveryCodes[0]!)).toBe('wrong_code');
    expect(await secondStep('nothing', codeOf(ann.secret))).toBe('challenge_expired');
  });

  it('gives five tries to a challenge, and ten wrong codes shut the account however often the password is right', async () => {
    const { username, secret } = await aCarefulPerson();
    for (let round = 0; round < 2; round++) {
      const challenge = await aChallenge(username);
      for (let i = 0; i < 5; i++) expect(await secondStep(challenge, '000000')).toBe('wrong_code');
      expect(await secondStep(challenge, codeOf(secret))).toBe('challenge_expired');
    }
    expect(await firstStep(username)).toMatchObject({ code: 'too_many_attempts' });
  });

  it('does not tell who has one to those without the password', async () => {
    const { username } = await aCarefulPerson();
    expect(await firstStep(username, 'not the password')).toMatchObject({ code: 'wrong_credentials' });
  });

  it('takes a challenge for five minutes', async () => {
    const { username, secret } = await aCarefulPerson();
    const challenge = await aChallenge(username);
    await stack.database.query('update accounts.sign_in_challenges set expires_at = now()');
    expect(await secondStep(challenge, codeOf(secret))).toBe('challenge_expired');
  });
});

describe('turning the second factor off', () => {
  it.each([
    ['the password', () => ({ password: PASSWORD })],
    ['a code of the app', ({ secret }: Person) => ({ code: codeOf(secret) })],
    ['a recovery code', ({ recoveryCodes }: Person) => ({ code: recoveryCodes[0] })],
  ])('takes %s, and signing in takes the password alone again', async (_what, proof) => {
    const person = await aCarefulPerson();
    await stack.bus.call(accounts.turnOffTwoFactor, proof(person), person.id);
    expect(await firstStep(person.username)).toMatchObject({ user: { username: person.username } });
  });

  it.each([
    [{ password: 'not the password' }, 'wrong_password'],
    [{ code: '000000' }, 'wrong_code'],
    [{}, 'validation_failed'],
  ])('is refused with %j', async (proof, code) => {
    const { id, username } = await aCarefulPerson();
    expect(await stack.bus.refusal(accounts.turnOffTwoFactor, proof, id)).toBe(code);
    expect(await firstStep(username)).toMatchObject({ code: 'two_factor_required' });
  });
});
