import { AppError } from '@atrium/contracts';
import { CONFIG } from '@atrium/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  type Configuration,
} from 'openid-client';
import type { AccountsConfig } from '../config.ts';
import type { Provider } from './providers.ts';

export type Checks = { state: string; nonce: string; codeVerifier: string };
/** What a provider says of somebody. */
export type Claims = { subject: string; username?: string; displayName?: string; email?: string };

const ANSWER_WITHIN_SECONDS = 3;
const SCOPE = 'openid profile email';

/** Talks to the providers that are configured. What they say of themselves is asked once. */
@Injectable()
export class OidcClients {
  private readonly known = new Map<string, Promise<Configuration>>();

  constructor(@Inject(CONFIG) private readonly config: Pick<AccountsConfig, 'ACCOUNTS_OIDC_PROVIDERS' | 'ACCOUNTS_PUBLIC_URL'>) {}

  list(): { id: string; name: string }[] {
    return this.config.ACCOUNTS_OIDC_PROVIDERS.map(({ id, name }) => ({ id, name }));
  }

  /** Where the browser is sent to sign in. */
  async addressOf(id: string, { state, nonce, codeVerifier }: Checks): Promise<string> {
    const client = await this.client(this.require(id));
    return buildAuthorizationUrl(client, {
      redirect_uri: this.callbackOf(id).href,
      scope: SCOPE,
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    }).href;
  }

  /** Who came back. @throws AppError `provider_refused` when the provider, or what it signed, does not say so */
  async identify(id: string, query: string, { state, nonce, codeVerifier }: Checks): Promise<Claims> {
    const client = await this.client(this.require(id));
    const address = this.callbackOf(id);
    address.search = query;
    try {
      const tokens = await authorizationCodeGrant(client, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const { sub } = tokens.claims()!;
      const said = client.serverMetadata().userinfo_endpoint ? await fetchUserInfo(client, tokens.access_token, sub) : tokens.claims()!;
      return {
        subject: sub,
        username: textOf(said['preferred_username']),
        displayName: textOf(said['name']),
        // An address that nobody checked may be anybody's.
        email: said['email_verified'] === true ? textOf(said['email']) : undefined,
      };
    } catch (cause) {
      throw new AppError('provider_refused', undefined, {}, { cause });
    }
  }

  require(id: string): Provider {
    const provider = this.config.ACCOUNTS_OIDC_PROVIDERS.find((one) => one.id === id);
    if (!provider) throw new AppError('provider_not_found');
    return provider;
  }

  private callbackOf(id: string): URL {
    return new URL(`/api/auth/oidc/${id}/callback`, this.config.ACCOUNTS_PUBLIC_URL);
  }

  private client({ id, issuer, clientId, clientSecret }: Provider): Promise<Configuration> {
    const known = this.known.get(id);
    if (known) return known;
    const server = new URL(issuer);
    // Plain HTTP where whoever runs this server wrote it so: a provider on the same machine.
    const execute = server.protocol === 'http:' ? [allowInsecureRequests] : [];
    const found = discovery(server, clientId, clientSecret, undefined, { timeout: ANSWER_WITHIN_SECONDS, execute }).catch(
      (cause: unknown) => {
        this.known.delete(id);
        throw new AppError('service_unavailable', 'The sign-in provider does not answer; try again in a moment.', {}, { cause });
      },
    );
    this.known.set(id, found);
    return found;
  }
}

const textOf = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);
