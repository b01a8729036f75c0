import { Signals } from '@atrium/bus';
import { roomSignals } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { MemberEntity } from '../members/member.entity.ts';
import { RoomsAccess } from '../rooms/rooms.access.ts';

/** The rooms that stand first in one member's own list. */
@Injectable()
export class FavouritesService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: RoomsAccess,
    private readonly signals: Signals,
  ) {}

  async set(userId: string, roomId: string, favourite: boolean): Promise<void> {
    await this.access.requireMember(roomId, userId);
    await this.em.nativeUpdate(MemberEntity, { roomId, userId }, { favourite });
    this.signals.send(roomSignals.favourite, { userId, roomId, favourite });
  }
}
