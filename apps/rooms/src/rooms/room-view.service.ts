import type { DirectPerson, RoomRecord } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { MemberEntity } from '../members/member.entity.ts';
import { DirectPeople, nameOf } from '../direct/direct-people.service.ts';
import { Mutes } from '../mutes/mutes.repository.ts';
import { OnlineCounts } from '../presence/online-counts.service.ts';
import { toRoomRecord, type OwnPlace, type ShownRoom } from './room.mapper.ts';

/** Rooms as one caller sees them. */
@Injectable()
export class RoomView {
  constructor(
    private readonly onlineCounts: OnlineCounts,
    private readonly directPeople: DirectPeople,
    private readonly mutes: Mutes,
  ) {}

  /** @param seats the caller's memberships, at least those in `rooms` */
  async many(rooms: readonly ShownRoom[], seats: readonly MemberEntity[]): Promise<RoomRecord[]> {
    const mutes = await this.mutes.among(seats);
    return this.withPlaces(rooms, new Map(seats.map((member) => [member.roomId, { member, mute: mutes.get(member.roomId) ?? null }])));
  }

  /** @param places how the caller stands in those of the rooms that they are in, by room */
  async withPlaces(rooms: readonly ShownRoom[], places: ReadonlyMap<string, OwnPlace>): Promise<RoomRecord[]> {
    // One after the other: within a transaction both have one connection.
    const counts = await this.onlineCounts.of(rooms);
    const people = await this.directPeople.of(rooms);
    return rooms.map((room) => {
      const me = places.get(room.id) ?? null;
      return named(toRoomRecord(room, me, counts.get(room.id) ?? 0), people.get(room.id), me?.member.userId);
    });
  }

  async one(room: ShownRoom, me: MemberEntity | null): Promise<RoomRecord> {
    const [record] = await this.many([room], me ? [me] : []);
    return record as RoomRecord;
  }
}

const named = (record: RoomRecord, people: DirectPerson[] | undefined, callerId: string | undefined): RoomRecord =>
  people ? { ...record, name: nameOf(people, callerId), people } : record;
