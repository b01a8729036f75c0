import { ERRORS, type Grant, type User } from '@atrium/contracts';
import { Emitter } from '../emitter.ts';
import { AtriumError } from '../errors.ts';

export type TokenTransport = 'cookie' | 'body';
/** What `localStorage` offers; anything with these will do. */
export type KeyValueStorage = {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
};

export type GrantReply = Omit<Grant, 'refreshToken'> & { refreshToken?: string };
type SessionEvents = {
  /** A new access token; a living socket wants it. */
  token: string;
  /** The session is over: signed out here, ended elsewhere, or expired. */
  ended: { reason: 'signed_out' | 'expired' | 'revoked' };
  started: User;
};
type Refresher = (refreshToken: string | undefined) => Promise<GrantReply>;

const REFRESH_KEY = 'atrium.refreshToken';
/** A token this close to its end is replaced before it is used. */
const RENEW_BEFORE_MS = 60_000;
const RENEW_AGAIN_MS = 5000;

/** Holds the access token, and replaces it once for everyone who asks at the same time. */
export class Session extends Emitter<SessionEvents> {
  #accessToken: string | undefined;
  #expiresAt = 0;
  #refreshToken: string | undefined;
  #userId: string | undefined;
  /** Raised when someone signs in or out, so that an answer for the one before changes nothing. */
  #generation = 0;
  #refreshing: Promise<string> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly transport: TokenTransport,
    private readonly refresher: Refresher,
    private readonly storage?: KeyValueStorage,
  ) {
    super();
  }

  get signedIn(): boolean {
    return this.#accessToken !== undefined;
  }

  /** The access token at hand, if any; it may have expired. */
  get currentToken(): string | undefined {
    return this.#accessToken;
  }

  get refreshToken(): string | undefined {
    return this.#refreshToken ?? this.storage?.getItem(REFRESH_KEY) ?? undefined;
  }

  /** A token good for at least a minute. */
  async token(): Promise<string> {
    if (this.#accessToken !== undefined && Date.now() < this.#expiresAt - RENEW_BEFORE_MS) return this.#accessToken;
    return this.refresh();
  }

  /** Takes what register, login or refresh gave. */
  accept(grant: GrantReply): void {
    this.#accessToken = grant.accessToken;
    this.#expiresAt = Date.now() + grant.expiresIn * 1000;
    if (this.transport === 'body' && grant.refreshToken !== undefined) {
      this.#refreshToken = grant.refreshToken;
      this.storage?.setItem(REFRESH_KEY, grant.refreshToken);
    }
    this.emit('token', grant.accessToken);
  }

  /** Acts by a personal access token or a bot's, which nothing renews. */
  use(token: string): void {
    this.#change(undefined);
    this.#accessToken = token;
    this.#expiresAt = Number.POSITIVE_INFINITY;
    this.emit('token', token);
  }

  start(grant: GrantReply): void {
    this.#change(grant.user.id);
    this.accept(grant);
    this.emit('started', grant.user);
  }

  /**
   * Asks for a new token. Tabs of one browser share the refresh cookie, and a rotated token used twice ends the whole
   * session: so only one of them asks at a time.
   */
  refresh(): Promise<string> {
    if (this.#expiresAt === Number.POSITIVE_INFINITY) {
      this.end('revoked');
      return Promise.reject(signedOut());
    }
    if (this.#refreshing) return this.#refreshing;
    const generation = this.#generation;
    const refreshing = this.#exclusively(() => this.#refreshOnce(generation)).finally(() => {
      if (this.#refreshing === refreshing) this.#refreshing = undefined;
    });
    this.#refreshing = refreshing;
    return refreshing;
  }

  /** Renews the token shortly before it ends, for as long as something needs it to be good at any time. */
  keepFresh(wanted: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (wanted && this.signedIn && Number.isFinite(this.#expiresAt))
      this.#renewIn(Math.max(1000, this.#expiresAt - RENEW_BEFORE_MS - Date.now()));
  }

  end(reason: SessionEvents['ended']['reason']): void {
    this.keepFresh(false);
    this.#change(undefined);
    this.#accessToken = undefined;
    this.#refreshToken = undefined;
    this.#expiresAt = 0;
    this.storage?.removeItem(REFRESH_KEY);
    this.emit('ended', { reason });
  }

  #change(userId: string | undefined): void {
    this.#generation += 1;
    this.#refreshing = undefined;
    this.#userId = userId;
  }

  #renewIn(waitMs: number): void {
    const timer = setTimeout(() => {
      const isWanted = (): boolean => this.#timer === timer;
      // A failure here is not the end: the next request refreshes, and an ended session says so itself.
      this.refresh().then(
        () => isWanted() && this.keepFresh(true),
        (error: unknown) => isWanted() && AtriumError.from(error).retryable && this.#renewIn(RENEW_AGAIN_MS),
      );
    }, waitMs);
    this.#timer = timer;
  }

  async #refreshOnce(generation: number): Promise<string> {
    if (generation !== this.#generation) throw signedOut();
    const grant = await this.refresher(this.refreshToken).catch((error: unknown) => {
      const failure = AtriumError.from(error);
      if (failure.status === 401 && generation === this.#generation) this.end(failure.code === 'session_revoked' ? 'revoked' : 'expired');
      throw failure;
    });
    if (generation !== this.#generation) throw signedOut();
    this.#take(grant);
    return grant.accessToken;
  }

  /** Tabs share the cookie: another may have signed out and someone else in. What waits here is not done in their name. */
  #take(grant: GrantReply): void {
    if (!this.signedIn) return this.start(grant);
    if (this.#userId === grant.user.id) return this.accept(grant);
    this.end('signed_out');
    this.start(grant);
    throw signedOut();
  }

  #exclusively(run: () => Promise<string>): Promise<string> {
    const locks = this.transport === 'cookie' ? globalThis.navigator?.locks : undefined;
    return locks ? locks.request('atrium.refresh', run) : run();
  }
}

const signedOut = (): AtriumError => new AtriumError({ code: 'unauthenticated', status: 401, detail: ERRORS.unauthenticated.title });
