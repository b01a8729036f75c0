import type { InputOf, OutputOf, User, accounts, rooms } from '@atrium/contracts';
import { AtriumError, type AtriumErrorCode } from '../errors.ts';
import type { GrantReply, Session, TokenTransport } from './session.ts';
import { putPicture } from './put-picture.ts';
import type { Transport } from './transport.ts';

export type RegisterInput = Omit<InputOf<typeof accounts.register>, 'origin'>;
export type LogInInput = Omit<InputOf<typeof accounts.logIn>, 'origin'>;
export type ProfileInput = InputOf<typeof accounts.updateMe>;
type ListQuery = { cursor?: string; limit?: number };
const EXPORT_TIMEOUT_MS = 60_000;
/** For half a minute a browser's used token is answered again; both attempts must fit into it. */
const REFRESH_TIMEOUT_MS = 5000;
/** After these nobody knows whether the token was used. */
const UNDECIDED = new Set<AtriumErrorCode>(['network', 'timeout', 'deadline_exceeded']);

/** Signing up, in and out, and the sessions this account has. */
export class AuthApi {
  constructor(
    private readonly http: Transport,
    private readonly session: () => Session,
    private readonly tokenTransport: TokenTransport,
  ) {}

  async register(input: RegisterInput): Promise<User> {
    return this.#begin('/api/auth/register', input);
  }

  async logIn(input: LogInInput): Promise<User> {
    return this.#begin('/api/auth/login', input);
  }

  /** After `two_factor_required`, with the `challenge` in that error's `data`. */
  async completeLogIn(input: Omit<InputOf<typeof accounts.completeLogIn>, 'origin'>): Promise<User> {
    return this.#begin('/api/auth/two-factor', input);
  }

  /** Where else one can sign in. */
  providers(): Promise<OutputOf<typeof accounts.signInProviders>> {
    return this.http.request('GET', '/api/auth/providers', { anonymous: true });
  }

  /** Where a browser goes to sign in by a provider. It comes back to `/sign-in?arrived=…` with its cookie. */
  providerUrl(id: string, next?: string): string {
    return this.http.url(`/api/auth/oidc/${id}`, { next });
  }

  /** What a session uses to renew itself; call `session.token()` instead. */
  async refresh(refreshToken: string | undefined): Promise<GrantReply> {
    const options = { anonymous: true, body: this.#withTransport({ refreshToken }) };
    const ask = (timeoutMs?: number) =>
      this.http.request<GrantReply>('POST', '/api/auth/refresh', timeoutMs ? { ...options, timeoutMs } : options);
    // A token that is kept here is good for one use: whoever asks twice with it ends the session.
    if (this.tokenTransport === 'body') return ask();
    return ask(REFRESH_TIMEOUT_MS).catch((error: unknown) => {
      if (UNDECIDED.has(AtriumError.from(error).code)) return ask(REFRESH_TIMEOUT_MS);
      throw error;
    });
  }

  /** Ends this session on the server, then here; here in any case. */
  async logOut(): Promise<void> {
    const { refreshToken } = this.session();
    try {
      await this.http.request('POST', '/api/auth/logout', { anonymous: true, body: this.#withTransport({ refreshToken }) });
    } finally {
      this.session().end('signed_out');
    }
  }

  /** For good. What one wrote is kept under another name, or erased; the session is over here as well. */
  async closeAccount(input: InputOf<typeof accounts.closeAccount>): Promise<void> {
    await this.http.request('DELETE', '/api/me', { body: input });
    this.session().end('signed_out');
  }

  sessions(): Promise<OutputOf<typeof accounts.listSessions>> {
    return this.http.request('GET', '/api/auth/sessions');
  }

  endSession(sessionId: string): Promise<void> {
    return this.http.request('DELETE', `/api/auth/sessions/${sessionId}`);
  }

  async #begin(path: string, input: object): Promise<User> {
    const grant = await this.http.request<GrantReply>('POST', path, { anonymous: true, body: this.#withTransport(input) });
    this.session().start(grant);
    return grant.user;
  }

  #withTransport(body: object): object {
    return this.tokenTransport === 'body' ? { ...body, tokenTransport: 'body' } : body;
  }
}

/** The caller's own account. */
export class MeApi {
  constructor(private readonly http: Transport) {}

  get(): Promise<User> {
    return this.http.request('GET', '/api/me');
  }

  /** Everything about oneself, as a zip. */
  export(): Promise<Response> {
    return this.http.open('GET', '/api/me/export', { timeoutMs: EXPORT_TIMEOUT_MS });
  }

  update(input: ProfileInput): Promise<User> {
    return this.http.request('PATCH', '/api/me', { body: input });
  }

  /** An image of at most 5 MiB; the server makes a small square of it. */
  setAvatar(image: Blob): Promise<User> {
    return putPicture(this.http, '/api/me/avatar', image);
  }

  removeAvatar(): Promise<void> {
    return this.http.request('DELETE', '/api/me/avatar');
  }

  credits(query: ListQuery = {}): Promise<OutputOf<typeof accounts.getCredits>> {
    return this.http.request('GET', '/api/me/credits', { query });
  }
}

/** The directory. */
export class UsersApi {
  constructor(private readonly http: Transport) {}

  find(query: ListQuery & { query?: string } = {}): Promise<OutputOf<typeof accounts.findUsers>> {
    return this.http.request('GET', '/api/users', { query });
  }

  /** Rooms that both are in. */
  sharedRooms(userId: string): Promise<OutputOf<typeof rooms.sharedRooms>> {
    return this.http.request('GET', `/api/users/${userId}/rooms`);
  }

  /** People by id, at most 100: whose names a page does not know yet. */
  byIds(userIds: readonly string[]): Promise<OutputOf<typeof accounts.findUsers>> {
    return this.http.request('GET', '/api/users', { query: { ids: userIds.join(','), limit: 100 } });
  }
}
