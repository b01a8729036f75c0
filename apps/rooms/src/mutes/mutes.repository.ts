import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { MemberEntity } from '../members/member.entity.ts';
import { MuteEntity } from './mute.entity.ts';

/** Mutes that hold now; one whose time is over is as if it had never been. */
@Injectable()
export class Mutes {
  constructor(private readonly em: EntityManager) {}

  find(em: EntityManager, roomId: string, userId: string): Promise<MuteEntity | null> {
    return em.findOne(MuteEntity, { roomId, userId, until: { $gt: new Date() } });
  }

  async isMuted(roomId: string, userId: string): Promise<boolean> {
    return (await this.find(this.em, roomId, userId)) !== null;
  }

  /** One person's mutes, by room. @param seats memberships of one person */
  async among(seats: readonly MemberEntity[]): Promise<Map<string, MuteEntity>> {
    const [first] = seats;
    if (!first) return new Map();
    const roomId = { $in: seats.map((seat) => seat.roomId) };
    const mutes = await this.em.find(MuteEntity, { userId: first.userId, roomId, until: { $gt: new Date() } });
    return new Map(mutes.map((mute) => [mute.roomId, mute]));
  }
}
