import type { InputOf, Invite, InvitePreview, LobbyRequest, Waiting, rooms } from '@atrium/contracts';
import { newId } from '../ids.ts';
import { at } from './rooms.api.ts';
import type { Transport } from './transport.ts';

export type InviteLink = Invite & { url: string };
export type InviteOptions = Pick<InputOf<typeof rooms.createInvite>, 'expiresAt' | 'maxUses'>;

/** The ways into a room beside its password: invites, and the lobby. */
export class EntranceApi {
  constructor(private readonly http: Transport) {}

  invite(roomId: string, options: InviteOptions = {}, idempotencyKey: string = newId()): Promise<InviteLink> {
    return this.http.request('POST', at(roomId, 'invites'), { body: options, headers: { 'idempotency-key': idempotencyKey } });
  }

  invites(roomId: string): Promise<{ items: InviteLink[] }> {
    return this.http.request('GET', at(roomId, 'invites'));
  }

  /** Without a code, all of the room's. */
  revokeInvites(roomId: string, code?: string): Promise<void> {
    return this.http.request('DELETE', at(roomId, 'invites', ...(code === undefined ? [] : [code])));
  }

  /** For anyone who holds the code, signed in or not. */
  preview(code: string): Promise<InvitePreview> {
    return this.http.request('GET', `/api/invites/${encodeURIComponent(code)}`, { anonymous: true });
  }

  lobby(roomId: string): Promise<{ items: LobbyRequest[] }> {
    return this.http.request('GET', at(roomId, 'lobby'));
  }

  ownRequest(roomId: string): Promise<Waiting> {
    return this.http.request('GET', at(roomId, 'lobby', 'me'));
  }

  withdraw(roomId: string): Promise<void> {
    return this.http.request('DELETE', at(roomId, 'lobby', 'me'));
  }

  admit(roomId: string, userId: string): Promise<void> {
    return this.http.request('POST', at(roomId, 'lobby', userId, 'admit'));
  }

  deny(roomId: string, userId: string): Promise<void> {
    return this.http.request('POST', at(roomId, 'lobby', userId, 'deny'));
  }

  admitAll(roomId: string): Promise<{ admitted: string[]; waiting: number }> {
    return this.http.request('POST', at(roomId, 'lobby', 'admit-all'));
  }
}
