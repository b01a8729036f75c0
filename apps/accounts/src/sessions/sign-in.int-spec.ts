import { accounts, AppError, type Origin } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { decodeProtectedHeader, importJWK, jwtVerify, type JWK } from 'jose';
import { PASSWORD, aGrant, aUsername, anAccountsService, anOrigin, type AccountsStack } from '../../test/accounts-stack.ts';

const ADMIN_CODE = 'open-sesame-42-please';
let stack: AccountsStack;
let nextAddress = 0;

/** An address that no other test fails from. */
const freshOrigin = (): Origin => anOrigin({ address: `198.51.100.${++nextAddress}` });
const logIn = (username: string, password: string, origin: Origin) => stack.bus.call(accounts.logIn, { username, password, origin });
const refusal = (username: string, password: string, origin: Origin) => stack.bus.refusal(accounts.logIn, { username, password, origin });

beforeAll(async () => {
  stack = await anAccountsService({ ACCOUNTS_ADMINS: 'root,chief,spare', ACCOUNTS_ADMIN_CODE: ADMIN_CODE });
});
afterAll(cleanUp);

describe('registering', () => {
  it('gives a user with a hundred credits, named like the account', async () => {
    const { user, expiresIn } = await aGrant(stack.bus, { username: 'ann' });
    expect(user).toMatchObject({ username: 'ann', displayName: 'ann', role: 'user', credits: 100, presence: 'auto' });
    expect(user).not.toHaveProperty('email');
    expect(expiresIn).toBe(900);
  });

  it('refuses a name, an e-mail and a reserved word that are taken', async () => {
    await aGrant(stack.bus, { username: 'bea', email: 'Bea@example.org' });
    const register = (draft: object) =>
      stack.bus.refusal(accounts.register, { password: PASSWORD, origin: anOrigin(), username: aUsername(), ...draft });
    expect(await register({ username: 'bea' })).toBe('username_taken');
    expect(await register({ email: 'bea@EXAMPLE.org' })).toBe('email_taken');
    expect(await register({ username: 'moderators' })).toBe('username_taken');
  });

  it('refuses a name to sign in with that no account can have', async () => {
    expect(await stack.bus.refusal(accounts.logIn, { username: 'a\u0000b', password: PASSWORD, origin: anOrigin() })).toBe(
      'validation_failed',
    );
  });

  it('gives a name wanted twice at once to one of the two', async () => {
    const outcomes = await Promise.allSettled([aGrant(stack.bus, { username: 'twin' }), aGrant(stack.bus, { username: 'twin' })]);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(refused?.reason).toMatchObject({ code: 'username_taken' });
  });

  it('makes a configured name an admin, and says so in the token', async () => {
    const { user, accessToken } = await aGrant(stack.bus, { username: 'root', adminCode: ADMIN_CODE });
    expect(user.role).toBe('admin');
    expect(JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ role: 'admin' });
  });

  it.each([undefined, '', 'OPEN-SESAME-42-PLEASE!', 'x'.repeat(100)])(
    'keeps the name of an admin from who brings the code %p',
    async (adminCode) => {
      const draft = { username: 'spare', password: PASSWORD, origin: anOrigin(), adminCode };
      expect(await stack.bus.refusal(accounts.register, draft)).toBe('admin_code_required');
    },
  );

  it('takes the code of an admin however it is typed, and once', async () => {
    const adminCode = ' OPEN sesame 42-please';
    const outcomes = await Promise.allSettled([
      aGrant(stack.bus, { username: 'spare', adminCode }),
      aGrant(stack.bus, { username: 'spare', adminCode }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await stack.bus.refusal(accounts.register, { username: 'spare', password: PASSWORD, origin: anOrigin(), adminCode })).toBe(
      'username_taken',
    );
    expect(await stack.database.query(`select username from accounts.admin_claims where username = 'spare'`)).toEqual([]);
  });

  it('makes a code for each name when it is given none, the same for every instance', async () => {
    const fresh = await anAccountsService({ ACCOUNTS_ADMINS: 'owner,other' });
    const codes = () => fresh.database.query<{ username: string; code: string }>('select * from accounts.admin_claims order by username');
    const [other, owner] = await codes();
    expect(owner!.code).toMatch(/^[2-9A-HJKMNP-Z]{20}$/);
    expect(other!.code).not.toBe(owner!.code);
    await fresh.startAnother();
    expect(await codes()).toEqual([other, owner]);
    const { user } = await aGrant(fresh.bus, { username: 'owner', adminCode: owner!.code.toLowerCase() });
    expect(user.role).toBe('admin');
    expect(await codes()).toEqual([other]);
  });

  it.each(['password', '12345678', 'PASSWORD', 'Football', 'iloveyou', 'qwerty123', 'trustno1'])(
    'refuses %s as everybody’s password',
    async (password) => {
      const failure = await stack.bus
        .call(accounts.register, { username: aUsername(), password, origin: anOrigin() })
        .catch((error: AppError) => error);
      expect(failure).toMatchObject({ code: 'validation_failed', data: { errors: [{ path: 'password' }] } });
    },
  );

  it('refuses one’s own name as a password', async () => {
    const draft = { username: 'wilhelmina', password: 'Wilhelmina', origin: anOrigin() };
    expect(await stack.bus.refusal(accounts.register, draft)).toBe('validation_failed');
  });

  it('keeps neither passwords nor refresh tokens readable', async () => {
    const { refreshToken } = await aGrant(stack.bus, { username: 'cat' });
    const [row] = await stack.database.query<{ password_hash: string }>(`select password_hash from accounts.users where username = 'cat'`);
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const hashes = await stack.database.query<{ hash: string }>('select hash from accounts.refresh_tokens');
    expect(JSON.stringify(hashes)).not.toContain(refreshToken);
  });
});

describe('access tokens', () => {
  it('verify with the published key, and name user, session and role', async () => {
    const { user, accessToken } = await aGrant(stack.bus);
    const { keys } = await stack.bus.call(accounts.signingKeys, {});
    const { kid } = decodeProtectedHeader(accessToken);
    const jwk = keys.find((key) => key['kid'] === kid) as JWK;
    expect(jwk).not.toHaveProperty('d');
    const { payload } = await jwtVerify(accessToken, await importJWK(jwk, 'EdDSA'), { algorithms: ['EdDSA'] });
    expect(payload).toMatchObject({ sub: user.id, role: 'user' });
    const check = await stack.bus.call(accounts.checkSession, { sessionId: String(payload['sid']) });
    expect(check).toEqual({ active: true, userId: user.id, role: 'user' });
  });

  it('are signed with one key by every instance', async () => {
    await stack.startAnother();
    const kids = new Set<string | undefined>();
    for (let i = 0; i < 12; i++) kids.add(decodeProtectedHeader((await aGrant(stack.bus)).accessToken).kid);
    expect(kids.size).toBe(1);
    expect(await stack.database.query('select kid from accounts.signing_keys')).toHaveLength(1);
  });
});

describe('logging in', () => {
  it('takes the username or the e-mail, in any case', async () => {
    const { user } = await aGrant(stack.bus, { username: 'dora', email: 'dora@example.org' });
    for (const name of ['dora', 'DORA', 'Dora@Example.org']) {
      expect((await logIn(name, PASSWORD, freshOrigin())).user.id).toBe(user.id);
    }
  });

  it('answers a wrong password and an unknown name alike', async () => {
    await aGrant(stack.bus, { username: 'emil' });
    const origin = freshOrigin();
    const failure = (name: string) => logIn(name, 'not the password', origin).catch((error: AppError) => error.toWire());
    expect(await failure('emil')).toMatchObject({ code: 'wrong_credentials' });
    expect(await failure('nobody-at-all')).toEqual(await failure('emil'));
  });

  it('shuts an account for fifteen minutes after ten failures, whatever the address', async () => {
    await aGrant(stack.bus, { username: 'fritz' });
    for (let i = 0; i < 10; i++) expect(await refusal('fritz', `guess ${i}`, freshOrigin())).toBe('wrong_credentials');
    const refused = await logIn('fritz', PASSWORD, freshOrigin()).catch((error: AppError) => error);
    expect(refused).toMatchObject({ code: 'too_many_attempts' });
    expect((refused as AppError).data.retryAfterSeconds).toBeGreaterThan(880);
    await stack.database.query(`update accounts.sign_in_guards set window_ends_at = now() where subject like 'user:%'`);
    expect((await logIn('fritz', PASSWORD, freshOrigin())).user.username).toBe('fritz');
  });

  it('shuts an unknown name in the same way', async () => {
    for (let i = 0; i < 10; i++) expect(await refusal('ghost', `guess ${i}`, freshOrigin())).toBe('wrong_credentials');
    expect(await refusal('ghost', 'guess', freshOrigin())).toBe('too_many_attempts');
  });

  it('shuts an address after a hundred failures over many names, and leaves others alone', async () => {
    const { user } = await aGrant(stack.bus, { username: 'gerd' });
    const origin = freshOrigin();
    const address = `address:${origin.address}`;
    expect(await refusal('name-0', 'guess', origin)).toBe('wrong_credentials');
    await stack.database.query(`update accounts.sign_in_guards set failures = 90 where subject = '${address}'`);
    for (let i = 1; i <= 10; i++) expect(await refusal(`name-${i}`, 'guess', origin)).toBe('wrong_credentials');
    expect(await refusal('gerd', PASSWORD, origin)).toBe('too_many_attempts');
    expect((await logIn('gerd', PASSWORD, freshOrigin())).user.id).toBe(user.id);
  });

  it('gives guesses made side by side no more than ten answers', async () => {
    await aGrant(stack.bus, { username: 'hugo' });
    const codes = await Promise.all(Array.from({ length: 20 }, (_, i) => refusal('hugo', `guess ${i}`, freshOrigin())));
    expect(codes.filter((code) => code === 'wrong_credentials')).toHaveLength(10);
    expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(10);
  });

  describe('from a device that signed in before', () => {
    const PLACE = '203.0.113.1';
    const logInFrom = (deviceToken: string | undefined, password: string, address = PLACE) =>
      stack.bus.call(accounts.logIn, { username: 'jana', password, deviceToken, origin: anOrigin({ address }) });
    const code = (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'in',
        (error: AppError) => error.code,
      );
    const shut = async () => {
      await stack.database.query(`delete from accounts.sign_in_guards`);
      for (let i = 0; i < 10; i++) await code(logInFrom(undefined, `guess ${i}`));
      await stack.database.query(`update accounts.sign_in_guards set failures = 100 where subject = 'address:${PLACE}'`);
    };
    let device: string | undefined;

    beforeAll(async () => {
      device = (await aGrant(stack.bus, { username: 'jana' })).deviceToken;
    });

    it('works while others have shut the account and the address', async () => {
      await shut();
      expect(await code(logInFrom(undefined, PASSWORD))).toBe('too_many_attempts');
      const { deviceToken } = await logInFrom(device, PASSWORD);
      expect(deviceToken).not.toBe(device);
      expect(await code(logInFrom(device, PASSWORD))).toBe('too_many_attempts');
      device = deviceToken;
      expect(await code(logInFrom(undefined, PASSWORD, '203.0.113.2'))).toBe('too_many_attempts');
    });

    it('is shut by its own ten failures, and shuts nobody else', async () => {
      await stack.database.query(`delete from accounts.sign_in_guards`);
      for (let i = 0; i < 10; i++) expect(await code(logInFrom(device, `guess ${i}`))).toBe('wrong_credentials');
      expect(await code(logInFrom(device, PASSWORD))).toBe('too_many_attempts');
      expect(await code(logInFrom(undefined, PASSWORD, '203.0.113.3'))).toBe('in');
      await stack.database.query(`delete from accounts.sign_in_guards`);
    });

    it('means nothing for somebody else’s account, and goes on for who used the device before', async () => {
      const other = await stack.bus.call(accounts.register, { username: 'kurt', password: PASSWORD, origin: anOrigin() });
      await shut();
      expect(await code(logInFrom(other.deviceToken, PASSWORD))).toBe('too_many_attempts');
      await stack.database.query(`delete from accounts.sign_in_guards`);
      const both = await stack.bus.call(accounts.logIn, { username: 'kurt', password: PASSWORD, deviceToken: device, origin: anOrigin() });
      await shut();
      expect(await code(logInFrom(both.deviceToken, PASSWORD))).toBe('in');
      await stack.database.query(`delete from accounts.sign_in_guards`);
    });
  });

  it('forgets the failures of an account once its owner got in', async () => {
    await aGrant(stack.bus, { username: 'ida' });
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 9; i++) expect(await refusal('ida', 'guess', freshOrigin())).toBe('wrong_credentials');
      expect((await logIn('ida', PASSWORD, freshOrigin())).user.username).toBe('ida');
    }
  });

  it('makes an account from the list an admin when the service starts', async () => {
    await aGrant(stack.bus, { username: 'chief', adminCode: ADMIN_CODE });
    await stack.database.query(`update accounts.users set role = 'user' where username = 'chief'`);
    await stack.startAnother();
    const { user } = await waitFor(() => logIn('chief', PASSWORD, freshOrigin()));
    expect(user.role).toBe('admin');
  });
});
