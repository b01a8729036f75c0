import { requireActor } from '@atrium/bus';
import { AppError, receiptOf, type Call, type FactMark, type OutputOf, type ParsedInputOf, type rooms } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DisabledPeople } from '../admin/disabled-people.repository.ts';
import { findBan } from '../bans/find-ban.ts';
import { lastFactOf } from '../chronicle/chronicle.service.ts';
import type { ProfileEntity } from '../profiles/profile.entity.ts';
import { ProfilesService } from '../profiles/profiles.service.ts';
import type { RoomEntity } from '../rooms/room.entity.ts';
import { RoomsAccess } from '../rooms/rooms.access.ts';
import { Arrivals } from './arrivals.service.ts';
import { MemberEntity } from './member.entity.ts';
import { MemberView } from './member-view.service.ts';
import { MembersRepository } from './members.repository.ts';
import { canModerate } from './permissions.ts';
import { Seating } from './seating.service.ts';

type Refusal = OutputOf<typeof rooms.addMembers>['refused'][number];

/** Brings people into a room without their asking; they are told, and may leave. */
@Injectable()
export class AdditionsService {
  constructor(
    private readonly em: EntityManager,
    private readonly disabled: DisabledPeople,
    private readonly access: RoomsAccess,
    private readonly profiles: ProfilesService,
    private readonly seating: Seating,
    private readonly arrivals: Arrivals,
    private readonly members: MembersRepository,
    private readonly memberView: MemberView,
  ) {}

  async add(input: ParsedInputOf<typeof rooms.addMembers>, call: Call): Promise<OutputOf<typeof rooms.addMembers>> {
    const { roomId } = input;
    const actorId = requireActor(call);
    const userIds = [...new Set(input.userIds)];
    // Asked before anybody is looked up, so that only who may add people learns who exists.
    requireModerator(await this.access.requireVisible(roomId, actorId));
    // To others an account that is shut is not there, as in the directory.
    const people = await this.profiles.ensureOpen(userIds, call);
    const refused: Refusal[] = userIds.filter((userId) => !people.has(userId)).map((userId) => ({ userId, code: 'user_not_found' }));
    const outcome = await transact(this.em, async (tx) => {
      const seat = await this.access.lockActive(tx, roomId, actorId);
      requireModerator(seat);
      return this.seatAll(tx, seat.room, [...people.values()], actorId);
    });
    refused.push(...outcome.refused);
    const items = await this.memberView.many(roomId, await this.members.among(roomId, userIds));
    if (items.length === 0 && refused[0]) throw new AppError(refused[0].code);
    await this.arrivals.introduce(roomId, outcome.seated);
    return { ...receiptOf(outcome.fact), items, refused };
  }

  private async seatAll(tx: EntityManager, room: RoomEntity, people: readonly ProfileEntity[], actorId: string) {
    const refused: Refusal[] = [];
    const seated: string[] = [];
    let fact: FactMark = lastFactOf(room);
    for (const profile of people) {
      const place = { roomId: room.id, userId: profile.userId };
      if (await tx.findOne(MemberEntity, place)) continue;
      const code = await this.refusalOf(tx, room, place);
      if (code) {
        refused.push({ userId: profile.userId, code });
        continue;
      }
      ({ fact } = await this.seating.seat(tx, room, profile, { actorId, action: 'member.added' }));
      seated.push(profile.userId);
    }
    return { fact, seated, refused };
  }

  private async refusalOf(tx: EntityManager, room: RoomEntity, place: { roomId: string; userId: string }): Promise<Refusal['code'] | null> {
    if (await findBan(tx, place)) return 'banned';
    if (!(await this.disabled.isOpen(tx, place.userId))) return 'user_not_found';
    return room.memberCount >= room.maxMembers ? 'room_full' : null;
  }
}

function requireModerator({ me }: { me: MemberEntity | null }): void {
  if (!me || !canModerate(me.role)) throw new AppError('forbidden', 'Only the host and moderators may add people');
}
