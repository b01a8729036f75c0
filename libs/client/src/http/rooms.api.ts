import type { InputOf, Member, Room, Waiting, rooms } from '@atrium/contracts';
import type { OutputOf } from '@atrium/contracts';
import { newId } from '../ids.ts';
import { InOrder } from './in-order.ts';
import type { Transport } from './transport.ts';

export type CreateRoomInput = Omit<InputOf<typeof rooms.create>, 'idempotencyKey'>;
export type RoomChanges = Omit<InputOf<typeof rooms.update>, 'roomId'>;
export type JoinInput = Pick<InputOf<typeof rooms.join>, 'password' | 'inviteCode' | 'linkKey'>;
type Page<T> = { items: T[]; nextCursor: string | null };

/** Rooms, who is in them and what they may do. */
export class RoomsApi {
  readonly #favourites = new InOrder();

  constructor(private readonly http: Transport) {}

  list(query: { scope?: 'joined' | 'discover'; query?: string; cursor?: string; limit?: number } = {}): Promise<Page<Room>> {
    return this.http.request('GET', '/api/rooms', { query });
  }

  create(input: CreateRoomInput, idempotencyKey: string = newId()): Promise<Room> {
    return this.http.request('POST', '/api/rooms', { body: input, headers: { 'idempotency-key': idempotencyKey } });
  }

  /** The direct room with these people; made at the first time. */
  openDirect(userIds: readonly string[]): Promise<Room> {
    return this.http.request('POST', '/api/rooms/direct', { body: { userIds } });
  }

  get(roomId: string): Promise<Room> {
    return this.http.request('GET', at(roomId));
  }

  update(roomId: string, changes: RoomChanges): Promise<Room> {
    return this.http.request('PATCH', at(roomId), { body: changes });
  }

  archive(roomId: string): Promise<void> {
    return this.http.request('DELETE', at(roomId));
  }

  /** Where the lobby is on, the answer is that the caller waits. Where many come at once, it is asked again. */
  join(roomId: string, input: JoinInput = {}): Promise<{ room: Room; member: Member } | Waiting> {
    return this.http.request('POST', at(roomId, 'join'), { body: input, repeatWhenBusy: true });
  }

  leave(roomId: string, input: { successorId?: string } = {}): Promise<{ newHostId?: string | null; archived: boolean }> {
    return this.http.request('POST', at(roomId, 'leave'), { body: input });
  }

  members(roomId: string, query: { query?: string; cursor?: string; limit?: number } = {}): Promise<Page<Member>> {
    return this.http.request('GET', at(roomId, 'members'), { query });
  }

  setRole(roomId: string, userId: string, role: 'moderator' | 'member'): Promise<Member> {
    return this.http.request('PATCH', at(roomId, 'members', userId), { body: { role } });
  }

  handOver(roomId: string, userId: string): Promise<Room> {
    return this.http.request('POST', at(roomId, 'host'), { body: { userId } });
  }

  kick(roomId: string, userId: string, reason?: string): Promise<void> {
    return this.http.request('POST', at(roomId, 'members', userId, 'kick'), { body: reason === undefined ? {} : { reason } });
  }

  /** Puts the room first in the caller's own list, or lets it stand among the others. */
  favour(roomId: string, favourite: boolean): Promise<void> {
    return this.#favourites.run(roomId, () => this.http.request(favourite ? 'PUT' : 'DELETE', at(roomId, 'favourite')));
  }

  typing(roomId: string, typing: boolean): Promise<void> {
    return this.http.request('POST', at(roomId, 'typing'), { body: { typing } });
  }

  /** Without `enabled`, flips. */
  toggleBot(roomId: string, enabled?: boolean): Promise<OutputOf<typeof rooms.toggleBot>> {
    return this.http.request('POST', at(roomId, 'bot', 'toggle'), { body: enabled === undefined ? {} : { enabled } });
  }
}

/** The path of a room, or of something in it. */
export const at = (roomId: string, ...rest: string[]): string => ['/api/rooms', roomId, ...rest].join('/');
