import type { Ban, InputOf, Member, OutputOf, RoomAuditEntry, rooms } from '@atrium/contracts';
import { at } from './rooms.api.ts';
import type { Transport } from './transport.ts';

type Page<T> = { items: T[]; nextCursor: string | null };
/** Why, and until when; `until` or `seconds`, not both. */
export type Term = Pick<InputOf<typeof rooms.ban>, 'reason' | 'until' | 'seconds'>;
export type AuditQuery = Omit<InputOf<typeof rooms.audit>, 'roomId' | 'limit'> & { limit?: number };

/** What moderators and the host do to keep a room in order. */
export class ModerationApi {
  constructor(private readonly http: Transport) {}

  ban(roomId: string, userId: string, term: Term = {}): Promise<void> {
    return this.http.request('POST', at(roomId, 'members', userId, 'ban'), { body: term });
  }

  unban(roomId: string, userId: string): Promise<void> {
    return this.http.request('POST', at(roomId, 'members', userId, 'unban'), { body: {} });
  }

  bans(roomId: string, query: { cursor?: string; limit?: number } = {}): Promise<Page<Ban>> {
    return this.http.request('GET', at(roomId, 'bans'), { query });
  }

  mute(roomId: string, userId: string, term: Term = {}): Promise<void> {
    return this.http.request('POST', at(roomId, 'members', userId, 'mute'), { body: term });
  }

  unmute(roomId: string, userId: string): Promise<void> {
    return this.http.request('POST', at(roomId, 'members', userId, 'unmute'), { body: {} });
  }

  add(roomId: string, userIds: readonly string[]): Promise<{ items: Member[]; refused: OutputOf<typeof rooms.addMembers>['refused'] }> {
    return this.http.request('POST', at(roomId, 'members'), { body: { userIds } });
  }

  /** The caller's own hand, or, lowered by a moderator, another's. */
  hand(roomId: string, raised: boolean, userId?: string): Promise<void> {
    return this.http.request('POST', at(roomId, 'hand'), { body: { raised, ...(userId === undefined ? {} : { userId }) } });
  }

  lowerHands(roomId: string): Promise<void> {
    return this.http.request('DELETE', at(roomId, 'hands'));
  }

  audit(roomId: string, query: AuditQuery = {}): Promise<Page<RoomAuditEntry>> {
    return this.http.request('GET', at(roomId, 'audit'), { query });
  }
}
