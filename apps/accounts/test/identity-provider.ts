import { freePort, onCleanup } from '@atrium/testing';
import Provider from 'oidc-provider';

export const CLIENT = { clientId: 'atrium', clientSecret: 'a secret between the two' };
type Profile = { preferred_username?: string; name?: string; email?: string; email_verified?: boolean };

/** A provider of OpenID Connect, whose people are whoever signs in there. */
export async function anIdentityProvider(callback: string, people: Record<string, Profile>): Promise<{ issuer: string }> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [callback],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    cookies: { keys: ['a key'] },
  });
  const server = provider.listen(port, '127.0.0.1');
  onCleanup(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return { issuer };
}

/** Goes where a browser is sent, signs in there and agrees. @returns the query with which it is sent back */
export async function signInThere(address: string, person: string): Promise<string> {
  const cookies = new Map<string, string>();
  let at = address;
  let form: URLSearchParams | undefined;
  for (let steps = 0; steps < 12; steps++) {
    const headers: Record<string, string> = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const reply = await fetch(at, { method: form ? 'POST' : 'GET', headers, redirect: 'manual', ...(form ? { body: form } : {}) });
    for (const cookie of reply.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0]!.split(/=(.*)/s);
      cookies.set(name!, value!);
    }
    form = undefined;
    const location = reply.headers.get('location');
    if (location) {
      const next = new URL(location, at);
      if (next.origin !== new URL(address).origin) return next.search.slice(1);
      at = next.href;
    } else {
      const page = await reply.text();
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (!prompt) throw new Error(`the provider shows something else: ${page.slice(0, 300)}`);
      form = new URLSearchParams({ prompt, login: person, password: 'anything' });
    }
  }
  throw new Error('the provider never sent the browser back');
}
