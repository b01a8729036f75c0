import type { InputOf, OutputOf, Preferences, PushSubscription, RoomNotify, messages } from '@atrium/contracts';
import { AtriumError } from '../errors.ts';
import { InOrder } from './in-order.ts';
import { at } from './rooms.api.ts';
import type { Transport } from './transport.ts';

const TRIES = 5;

export type NotificationsQuery = { filter?: 'unread' | 'mentions' | 'threads'; cursor?: string; limit?: number };

/** What this account is told of, and how. */
export class NotificationsApi {
  readonly #order = new InOrder();

  constructor(private readonly http: Transport) {}

  list(query: NotificationsQuery = {}): Promise<OutputOf<typeof messages.notifications>> {
    return this.http.request('GET', '/api/me/notifications', { query });
  }

  /** Up to a notification's id or a moment; all of them without it. */
  read(upTo?: string): Promise<{ unread: number }> {
    return this.http.request('POST', '/api/me/notifications/read', { body: upTo === undefined ? {} : { upTo } });
  }

  /** One of them alone. */
  readOne(id: string): Promise<{ unread: number }> {
    return this.http.request('POST', '/api/me/notifications/read', { body: { id } });
  }

  preferences(): Promise<Preferences> {
    return this.http.request('GET', '/api/me/preferences');
  }

  /** What is left out stays as it is, and null ends it. Changes are sent in the order in which they were asked for. */
  setPreferences(preferences: InputOf<typeof messages.setPreferences>): Promise<Preferences> {
    return this.#order.run('', () => this.#put(preferences));
  }

  /** Changes what depends on how it is: begins anew when another device was faster. */
  changePreferences(change: (now: Preferences) => InputOf<typeof messages.setPreferences>): Promise<Preferences> {
    return this.#order.run('', async () => {
      for (let left = TRIES; ; left--) {
        const now = await this.preferences();
        try {
          return await this.#put({ ...change(now), ...(now.version !== undefined && { ifVersion: now.version }) });
        } catch (error) {
          if (AtriumError.from(error).code !== 'stale_version' || left === 1) throw error;
        }
      }
    });
  }

  /** Changes of one room are sent in the order in which they were asked for. */
  setRoomLevel(roomId: string, level: RoomNotify): Promise<OutputOf<typeof messages.setNotify>> {
    return this.#order.run(roomId, () => this.http.request('PUT', at(roomId, 'notify'), { body: level }));
  }

  /** By which push services know this server; refused with `not_found` where it does not push. */
  async pushKey(): Promise<string> {
    const { key } = await this.http.request<{ key: string }>('GET', '/api/push/key');
    return key;
  }

  /** This device is told while no page is open, until it is signed out. Takes what `PushSubscription.toJSON()` gives. */
  subscribePush(subscription: InputOf<typeof messages.subscribePush>): Promise<PushSubscription> {
    return this.http.request('POST', '/api/me/push-subscriptions', { body: subscription });
  }

  /** One device, or without its endpoint all of this account's. */
  unsubscribePush(endpoint?: string): Promise<void> {
    return this.http.request('DELETE', '/api/me/push-subscriptions', { body: endpoint === undefined ? {} : { endpoint } });
  }

  #put(preferences: InputOf<typeof messages.setPreferences>): Promise<Preferences> {
    return this.http.request('PUT', '/api/me/preferences', { body: preferences });
  }
}
