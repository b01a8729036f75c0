import { roomFacts, type FactMark, type FileRecord, type OutputOf, type RoomFact, type RoomRole, type rooms } from '@atrium/contracts';
import { FactsDouble, type TestBus } from '@atrium/testing';
import { uuidv7 } from '@atrium/database';

export type Person = { id: string; username: string };
type RoomState = RoomFact<'roomUpdated'>['room'];

/** Somebody; the username is what mentions find them by. */
export function aPerson(username = `u${uuidv7().slice(-8)}`): Person {
  return { id: uuidv7(), username };
}

/** The state of a room as the rooms service would tell it. */
export function aRoomState(changes: Partial<RoomState> = {}): RoomState {
  return {
    id: uuidv7(),
    name: 'Room',
    topic: '',
    description: '',
    visibility: 'public',
    hasPassword: false,
    locked: false,
    lobby: false,
    botEnabled: true,
    slowModeSeconds: 0,
    whoCanPost: 'everyone',
    historyVisibility: 'all',
    removedCanRejoin: true,
    kind: 'room',
    editWindowSeconds: 86_400,
    maxMembers: 10_000,
    hostId: null,
    createdAt: new Date().toISOString(),
    archivedAt: null,
    ...changes,
  };
}

/** A file as the files service would tell of it. */
export function aFile(roomId: string, uploaderId: string): FileRecord {
  const content = { name: 'notes.txt', contentType: 'text/plain', size: 12, sha256: '0'.repeat(64), version: 1 };
  return { id: uuidv7(), roomId, uploaderId, ...content, status: 'stored', createdAt: new Date().toISOString() };
}

/** Plays the rooms service: tells facts in order and answers `rooms.getMembership` from what it told. */
export class RoomsDouble {
  private versions = new Map<string, number>();
  readonly members = new Map<string, NonNullable<OutputOf<typeof rooms.getMembership>['member']>>();

  readonly facts: FactsDouble<typeof roomFacts>;

  constructor(bus: TestBus) {
    this.facts = new FactsDouble(bus, roomFacts);
  }

  next(roomId: string): number {
    const version = (this.versions.get(roomId) ?? 0) + 1;
    this.versions.set(roomId, version);
    return version;
  }

  version(roomId: string): number {
    return this.versions.get(roomId) ?? 0;
  }

  async join(room: RoomState, person: Person, role: RoomRole = 'member'): Promise<FactMark> {
    return this.facts.tell('memberJoined', this.joined(room, person, role));
  }

  /** The fact that somebody joined, for whoever wants it to arrive otherwise. */
  joined(room: RoomState, person: Person, role: RoomRole = 'member'): RoomFact<'memberJoined'> {
    const at = new Date().toISOString();
    const member = { userId: person.id, username: person.username, displayName: person.username, role, joinedAt: at };
    this.members.set(`${room.id}:${person.id}`, { ...member, mutedUntil: null });
    return { roomId: room.id, version: this.next(room.id), at, actorId: person.id, room, member };
  }

  async remove(room: RoomState, person: Person, how: RoomFact<'memberRemoved'>['how'] = 'left'): Promise<FactMark> {
    return this.facts.tell('memberRemoved', this.removed(room, person, how));
  }

  removed(room: RoomState, person: Person, how: RoomFact<'memberRemoved'>['how'] = 'left'): RoomFact<'memberRemoved'> {
    this.members.delete(`${room.id}:${person.id}`);
    const fact = { roomId: room.id, version: this.next(room.id), at: new Date().toISOString(), actorId: person.id, userId: person.id, how };
    return { ...fact, reason: null, hostChange: null, archived: false };
  }

  async mute(room: RoomState, person: Person, mutedUntil: string | null, reason: string | null = null): Promise<FactMark> {
    const member = this.members.get(`${room.id}:${person.id}`);
    if (member) this.members.set(`${room.id}:${person.id}`, { ...member, mutedUntil });
    const fact = { roomId: room.id, version: this.next(room.id), at: new Date().toISOString(), actorId: null };
    return this.facts.tell('memberMuted', { ...fact, userId: person.id, mutedUntil, reason });
  }

  /** As rooms does it: everybody is removed before. */
  async purge(room: RoomState): Promise<FactMark> {
    const at = new Date().toISOString();
    return this.facts.tell('roomPurged', { roomId: room.id, version: this.next(room.id), at, actorId: null, purgedAt: at });
  }

  async update(room: RoomState, changed: Partial<RoomState>): Promise<FactMark> {
    Object.assign(room, changed);
    const fact = { roomId: room.id, version: this.next(room.id), at: new Date().toISOString(), actorId: null };
    return this.facts.tell('roomUpdated', { ...fact, room, changed: Object.keys(changed) });
  }
}
