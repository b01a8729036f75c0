import { AtriumError, Observable } from '@atrium/client';
import type { User } from '@atrium/contracts';
import { client } from './client.ts';

export type SessionState =
  | { name: 'unknown' }
  /** The server could not be asked whether we are signed in. */
  | { name: 'unreachable'; error: AtriumError }
  | { name: 'signed_out'; ended?: 'signed_out' | 'expired' | 'revoked' }
  /** `isKept`: whom this device knew last, while the server cannot be asked. */
  | { name: 'signed_in'; user: User; isKept?: true };

/** Spares a person who never signed in here a pointless refusal at every start. */
const HINT_KEY = 'atrium.hasSession';

/** Who uses this page. */
class SessionStore extends Observable<SessionState> {
  #state: SessionState = localStorage.getItem(HINT_KEY) === null ? { name: 'signed_out' } : { name: 'unknown' };

  constructor() {
    super();
    client.session.on('started', (user) => {
      localStorage.setItem(HINT_KEY, '1');
      this.#become({ name: 'signed_in', user });
    });
    client.session.on('ended', ({ reason }) => {
      localStorage.removeItem(HINT_KEY);
      this.#become({ name: 'signed_out', ended: reason });
    });
    if (this.#state.name === 'unknown') void this.resume();
  }

  /** Asks the server, by the cookie, whether a session lives. */
  async resume(): Promise<void> {
    this.#become({ name: 'unknown' });
    try {
      await client.session.refresh();
    } catch (error) {
      const failure = AtriumError.from(error);
      if (failure.status !== 401) await this.#becomeKept(failure);
    }
  }

  /** Without the server one reads what this device has; whatever is asked of the server is refused until it knows us. */
  async #becomeKept(error: AtriumError): Promise<void> {
    const user = await import('./offline-store.ts').then((kept) => kept.findOwner()).catch(() => undefined);
    if (this.#state.name !== 'unknown') return;
    if (!user) return this.#become({ name: 'unreachable', error });
    await client.realtime.outbox.belongTo(user.id);
    this.#become({ name: 'signed_in', user, isKept: true });
  }

  update(changes: Partial<User>): void {
    if (this.#state.name === 'signed_in') this.#become({ name: 'signed_in', user: { ...this.#state.user, ...changes } });
  }

  protected build(): SessionState {
    return this.#state;
  }

  #become(state: SessionState): void {
    this.#state = state;
    this.changed();
  }
}

export const session = new SessionStore();
