import { accounts, type AppError } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { CLIENT, anIdentityProvider, signInThere } from '../../test/identity-provider.ts';
import { PASSWORD, aGrant, anAccountsService, anOrigin, type AccountsStack } from '../../test/accounts-stack.ts';

const SITE = 'https://chat.example.org';
const late = { preferred_username: 'late', name: 'Late', email: 'late@corp.example', email_verified: false };
let stack: AccountsStack;

beforeAll(async () => {
  const { issuer } = await anIdentityProvider(`${SITE}/api/auth/oidc/corp/callback`, {
    'ann-at-corp': { preferred_username: 'Ann.Bell', name: 'Ann Bell', email: 'ann@corp.example', email_verified: true },
    unchecked: { preferred_username: 'ben', name: 'Ben', email: 'ben@corp.example', email_verified: false },
    late,
    double: { preferred_username: 'taken-name', name: 'Rооm bоt', email: 'taken@corp.example', email_verified: true },
  });
  const providers = [{ id: 'corp', name: 'Corp', issuer, ...CLIENT }];
  stack = await anAccountsService({ ACCOUNTS_OIDC_PROVIDERS: JSON.stringify(providers), ACCOUNTS_PUBLIC_URL: SITE });
});
afterAll(cleanUp);

const begin = (next?: string) => stack.bus.call(accounts.beginOidc, { provider: 'corp', next });
const finish = (browserToken: string, query: string) =>
  stack.bus.call(accounts.finishOidc, { provider: 'corp', browserToken, query, origin: anOrigin() });
const refusal = (browserToken: string, query: string) =>
  finish(browserToken, query).then(
    () => 'in',
    (error: AppError) => error.code,
  );
async function signIn(person: string, next?: string) {
  const { url, browserToken } = await begin(next);
  return finish(browserToken, await signInThere(url, person));
}

describe('signing in by a provider', () => {
  it('makes an account of what the provider says at the first time, and finds it again', async () => {
    const first = await signIn('ann-at-corp', '/rooms/create');
    expect(first.next).toBe('/rooms/create');
    expect(first.grant.user).toMatchObject({ username: 'ann.bell', displayName: 'Ann Bell', email: 'ann@corp.example', credits: 100 });
    const again = await signIn('ann-at-corp');
    expect([again.grant.user.id, again.next]).toEqual([first.grant.user.id, '/rooms']);
    expect(await stack.bus.refusal(accounts.logIn, { username: 'ann.bell', password: PASSWORD, origin: anOrigin() })).toBe(
      'wrong_credentials',
    );
  });

  it('asks with PKCE, state and nonce, for this server alone', async () => {
    const { url } = await begin();
    const asked = Object.fromEntries(new URL(url).searchParams);
    expect(asked).toMatchObject({
      code_challenge_method: 'S256',
      response_type: 'code',
      redirect_uri: `${SITE}/api/auth/oidc/corp/callback`,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).toMatch(/^[\w-]{43}$/);
  });

  it('takes no address that the provider did not check', async () => {
    expect((await signIn('unchecked')).grant.user).not.toHaveProperty('email');
  });

  it('lets links for a new password go to an address that was only typed in, once the provider has checked it', async () => {
    const { grant } = await signIn('late');
    expect(grant.user).not.toHaveProperty('email');
    const email = 'late@corp.example';
    expect(await stack.bus.call(accounts.updateMe, { email }, grant.user.id)).toMatchObject({ email, recoveryEmail: null });
    late.email_verified = true;
    const { user } = (await signIn('late')).grant;
    expect([user.email, user.recoveryEmail]).toEqual([email, undefined]);
  });

  it('joins nobody to an account that is there, and gives no name that is taken or imitates', async () => {
    const { user } = await aGrant(stack.bus, { username: 'taken-name', email: 'taken@corp.example' });
    const { grant } = await signIn('double');
    expect(grant.user.id).not.toBe(user.id);
    expect(grant.user.username).toMatch(/^taken-name-\d+$/);
    expect(grant.user.displayName).toBe(grant.user.username);
    expect(grant.user).not.toHaveProperty('email');
  });

  it('is finished once, by the browser that began it, with what the provider sent', async () => {
    const { url, browserToken } = await begin();
    const query = await signInThere(url, 'ann-at-corp');
    const other = await begin();
    expect(await refusal(other.browserToken, query)).toBe('provider_refused');
    expect(await refusal(browserToken, query)).toBe('in');
    expect(await refusal(browserToken, query)).toBe('provider_refused');
  });

  it.each([
    ['a code that the provider did not give', (query: URLSearchParams) => query.set('code', 'made-up')],
    ['a state that nobody began', (query: URLSearchParams) => query.set('state', 'made-up')],
    ['a refusal', (query: URLSearchParams) => (query.delete('code'), query.set('error', 'access_denied'))],
    ['another issuer', (query: URLSearchParams) => query.set('iss', 'https://elsewhere.example')],
  ])('is refused with %s', async (_what, change) => {
    const { url, browserToken } = await begin();
    const query = new URLSearchParams(await signInThere(url, 'ann-at-corp'));
    change(query);
    expect(await refusal(browserToken, query.toString())).toBe('provider_refused');
  });

  it('knows the providers that are configured, and no others', async () => {
    expect(await stack.bus.call(accounts.signInProviders, {})).toEqual({ items: [{ id: 'corp', name: 'Corp' }] });
    expect(await stack.bus.refusal(accounts.beginOidc, { provider: 'other' })).toBe('provider_not_found');
  });

  it.each(['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example'])(
    'leads nowhere else afterwards: %s',
    async (next) => {
      expect(await stack.bus.refusal(accounts.beginOidc, { provider: 'corp', next })).toBe('validation_failed');
    },
  );
});
