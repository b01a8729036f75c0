import type { InputOf, OutputOf, Preferences, RoomNotify, messages } from '@atrium/contracts';
import { at } from './rooms.api.ts';
import type { Transport } from './transport.ts';

export type NotificationsQuery = { filter?: 'unread' | 'mentions' | 'threads'; cursor?: string; limit?: number };

/** What this account is told of, and how. */
export class NotificationsApi {
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

  /** What is left out goes back to its default. */
  setPreferences(preferences: InputOf<typeof messages.setPreferences>): Promise<Preferences> {
    return this.http.request('PUT', '/api/me/preferences', { body: preferences });
  }

  setRoomLevel(roomId: string, level: RoomNotify): Promise<OutputOf<typeof messages.setNotify>> {
    return this.http.request('PUT', at(roomId, 'notify'), { body: level });
  }
}
