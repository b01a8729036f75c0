import type { InputOf, OutputOf, TwoFactor, TwoFactorSetUp, accounts } from '@atrium/contracts';
import type { Transport } from './transport.ts';

/** What keeps the caller's account theirs: password, second factor, tokens for scripts. */
export class SecurityApi {
  constructor(private readonly http: Transport) {}

  /** Ends every other session. */
  changePassword(input: InputOf<typeof accounts.changePassword>): Promise<void> {
    return this.http.request('POST', '/api/me/password', { body: input });
  }

  /** Mails a link, if there is such a person; the answer does not tell. */
  async forgotPassword(usernameOrEmail: string): Promise<void> {
    await this.http.request('POST', '/api/auth/password/forgot', { anonymous: true, body: { usernameOrEmail } });
  }

  /** With the token of such a link. Ends every session. */
  resetPassword(input: InputOf<typeof accounts.resetPassword>): Promise<void> {
    return this.http.request('POST', '/api/auth/password/reset', { anonymous: true, body: input });
  }

  twoFactor(): Promise<TwoFactor> {
    return this.http.request('GET', '/api/me/two-factor');
  }

  /** Without a code, begins; with one of the secret that it gave, turns the second factor on. */
  setUpTwoFactor(code?: string): Promise<TwoFactorSetUp> {
    return this.http.request('POST', '/api/me/two-factor', { body: code === undefined ? {} : { code } });
  }

  turnOffTwoFactor(proof: { password: string } | { code: string }): Promise<void> {
    return this.http.request('DELETE', '/api/me/two-factor', { body: proof });
  }

  tokens(): Promise<OutputOf<typeof accounts.listTokens>> {
    return this.http.request('GET', '/api/me/tokens');
  }

  /** The reply alone has the token. */
  createToken(input: InputOf<typeof accounts.createToken>): Promise<OutputOf<typeof accounts.createToken>> {
    return this.http.request('POST', '/api/me/tokens', { body: input });
  }

  revokeToken(tokenId: string): Promise<void> {
    return this.http.request('DELETE', `/api/me/tokens/${tokenId}`);
  }
}
