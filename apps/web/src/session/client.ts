import { AtriumClient, type KeptItem, type OutboxStore } from '@atrium/client';
import { i18n } from '../language/i18n.ts';
import { fetchOrTakeEarly, forgetEarlyRequests } from './early-requests.ts';

/** The database of unsent messages, which arrives after what is looked at first. */
class LazyOutbox implements OutboxStore {
  readonly locks = navigator.locks;
  #loaded: Promise<OutboxStore> | undefined;

  async keep(userId: string, item: KeptItem): Promise<void> {
    await (await this.#store()).keep(userId, item);
  }

  async drop(userId: string, clientId: string): Promise<void> {
    await (await this.#store()).drop(userId, clientId);
  }

  async holds(userId: string, clientId: string): Promise<boolean> {
    return (await this.#store()).holds(userId, clientId);
  }

  async all(userId: string): Promise<KeptItem[]> {
    return (await this.#store()).all(userId);
  }

  #store(): Promise<OutboxStore> {
    this.#loaded ??= import('./outbox-database.ts').then(({ OutboxDatabase }) => new OutboxDatabase());
    return this.#loaded;
  }
}

/** The page's one client: the refresh token stays in a cookie no script can read. */
export const client = new AtriumClient({
  baseUrl: window.location.origin,
  tokenTransport: 'cookie',
  fetch: fetchOrTakeEarly,
  language: () => i18n.locale,
  outbox: new LazyOutbox(),
});
client.realtime.on('ready', forgetEarlyRequests);
