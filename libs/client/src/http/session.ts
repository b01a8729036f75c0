import type { Grant, User } from '@atrium/contracts';
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

/** Holds the access token, and replaces it once for everyone who asks at the same time. */
export class Session extends Emitter<SessionEvents> {
  #accessToken: string | undefined;
  #expiresAt = 0;
  #refreshToken: string | undefined;
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

  start(grant: GrantReply): void {
    this.accept(grant);
    this.emit('started', grant.user);
  }

  /**
   * Asks for a new token. Tabs of one browser share the refresh cookie, and a rotated token used twice ends the whole
   * session: so only one of them asks at a time.
   */
  refresh(): Promise<string> {
    this.#refreshing ??= this.#exclusively(() => this.#refreshOnce()).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Renews the token shortly before it ends, for as long as something needs it to be good at any time. */
  keepFresh(wanted: boolean): void {
    clearTimeout(this.#timer);
    if (!wanted || !this.signedIn) return;
    const waitMs = Math.max(1000, this.#expiresAt - RENEW_BEFORE_MS - Date.now());
    this.#timer = setTimeout(() => {
      const again = (): void => this.keepFresh(true);
      // A failure here is not the end: the next request refreshes, and an ended session says so itself.
      this.refresh().then(again, (error: unknown) => {
        if (AtriumError.from(error).retryable) setTimeout(again, 5000);
      });
    }, waitMs);
  }

  end(reason: SessionEvents['ended']['reason']): void {
    this.keepFresh(false);
    this.#accessToken = undefined;
    this.#refreshToken = undefined;
    this.#expiresAt = 0;
    this.storage?.removeItem(REFRESH_KEY);
    this.emit('ended', { reason });
  }

  async #refreshOnce(): Promise<string> {
    const wasSignedIn = this.signedIn;
    try {
      const grant = await this.refresher(this.refreshToken);
      if (wasSignedIn) this.accept(grant);
      else this.start(grant);
      return grant.accessToken;
    } catch (error) {
      const failure = AtriumError.from(error);
      if (failure.status === 401) this.end(failure.code === 'session_revoked' ? 'revoked' : 'expired');
      throw failure;
    }
  }

  #exclusively(run: () => Promise<string>): Promise<string> {
    const locks = this.transport === 'cookie' ? globalThis.navigator?.locks : undefined;
    return locks ? locks.request('atrium.refresh', run) : run();
  }
}
