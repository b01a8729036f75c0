import { Observable } from '@atrium/client';
import type { Notification, Preferences } from '@atrium/contracts';
import { useSyncExternalStore } from 'react';
import { queryClient } from '../kit/query-client.ts';
import { client } from '../session/client.ts';
import { PREFERENCES, readPreferences, takePreferences } from './own-preferences.ts';
import { ring } from './ring.ts';

/** How many notifications are unread, kept current by the socket; and what rings for a new one. */
class NotificationCenter extends Observable<number> {
  #unread = 0;

  constructor() {
    super();
    const { realtime } = client;
    realtime.on('ready', () => void this.#load());
    realtime.on('notification', ({ quiet, ...notification }) => this.#arrived(notification, quiet));
    realtime.on('notifications.read', ({ unread }) => this.#set(unread));
    realtime.on('preferences', takePreferences);
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
    if (!quiet) void ring(notification, queryClient.getQueryData<Preferences>(PREFERENCES)?.sound ?? true);
  }

  /** What cannot be loaded now comes with the next socket. */
  async #load(): Promise<void> {
    const [page] = await Promise.all([
      client.notifications.list({ limit: 1 }).catch(() => undefined),
      readPreferences().catch(() => undefined),
    ]);
    if (page) this.#set(page.unread);
  }
}

export const notificationCenter = new NotificationCenter();

export const useUnreadNotifications = (): number => useSyncExternalStore(notificationCenter.subscribe, notificationCenter.snapshot);
