import { Observable } from '@atrium/client';
import type { Notification, Preferences } from '@atrium/contracts';
import { queryClient } from '../app/query-client.ts';
import { railWishes } from '../rail/use-rail-wish.ts';
import { client } from '../session/client.ts';
import { ring } from './ring.ts';

/** How many notifications are unread, kept current by the socket; and what rings for a new one. */
class NotificationCenter extends Observable<number> {
  #unread = 0;
  #preferences: Pick<Preferences, 'sound'> = { sound: true };

  constructor() {
    super();
    const { realtime } = client;
    realtime.on('ready', () => void this.#load());
    realtime.on('notification', ({ quiet, ...notification }) => this.#arrived(notification, quiet));
    realtime.on('notifications.read', ({ unread }) => this.#set(unread));
    realtime.on('preferences', (preferences) => {
      this.#prefer(preferences);
      queryClient.setQueryData(['preferences'], preferences);
    });
  }

  protected build(): number {
    return this.#unread;
  }

  #set(unread: number): void {
    this.#unread = unread;
    this.changed();
    void queryClient.invalidateQueries({ queryKey: ['notifications'] });
  }

  #arrived(notification: Notification, quiet: boolean): void {
    this.#set(this.#unread + 1);
    if (!quiet) void ring(notification, this.#preferences.sound);
  }

  /** What cannot be loaded now comes with the next socket. */
  async #load(): Promise<void> {
    const [page, preferences] = await Promise.all([
      client.notifications.list({ limit: 1 }).catch(() => undefined),
      client.notifications.preferences().catch(() => undefined),
    ]);
    if (page) this.#set(page.unread);
    if (preferences) this.#prefer(preferences);
  }

  #prefer(preferences: Preferences): void {
    this.#preferences = preferences;
    railWishes.setOwn(preferences.sections);
  }
}

export const notificationCenter = new NotificationCenter();
