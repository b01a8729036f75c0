import type { RoomRecord } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { MemberEntity } from '../members/member.entity.ts';
import { OnlineCounts } from '../presence/online-counts.service.ts';
import type { RoomEntity } from './room.entity.ts';
import { toRoomRecord } from './room.mapper.ts';

/** Rooms as one caller sees them. */
@Injectable()
export class RoomView {
  constructor(private readonly onlineCounts: OnlineCounts) {}

  /** @param seats the caller's memberships, at least those in `rooms` */
  async many(rooms: readonly RoomEntity[], seats: readonly MemberEntity[]): Promise<RoomRecord[]> {
    const counts = await this.onlineCounts.of(rooms);
    const mine = new Map(seats.map((seat) => [seat.roomId, seat]));
    return rooms.map((room) => toRoomRecord(room, mine.get(room.id) ?? null, counts.get(room.id) ?? 0));
  }

  async one(room: RoomEntity, me: MemberEntity | null): Promise<RoomRecord> {
    const [record] = await this.many([room], me ? [me] : []);
    return record as RoomRecord;
  }
}
