import { RpcClient } from '@atrium/bus';
import { AppError, rooms } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Horizon } from '../log/horizon.ts';
import { AccessRepository, type Access } from './access.repository.ts';

const ASK_WITHIN_MS = 1000;

/** Who may do what in a room. The first line of every use case; what is not allowed here is refused. */
@Injectable()
export class AccessService {
  constructor(
    private readonly em: EntityManager,
    private readonly repository: AccessRepository,
    private readonly rpc: RpcClient,
  ) {}

  /** @throws AppError `not_a_member` in a public room, `room_not_found` in one the actor may not know of */
  async requireMember(roomId: string, actorId: string): Promise<Access> {
    const known = await this.repository.find(this.em, roomId, actorId);
    if (known) return known;
    const asked = (await this.refresh(roomId, actorId)) ? await this.repository.find(this.em, roomId, actorId) : null;
    if (!asked) throw new AppError('not_a_member');
    return asked;
  }

  /** What everyone in the room may see at once: for what is sent to all of them alike. */
  findHorizonOfAll(roomId: string): Promise<Horizon> {
    return this.repository.findHorizonOfAll(this.em, roomId);
  }

  /** @throws AppError `forbidden` for members */
  async requireModerator(roomId: string, actorId: string): Promise<Access> {
    const known = await this.requireMember(roomId, actorId);
    if (known.role !== 'member') return known;
    await this.refresh(roomId, actorId);
    const asked = await this.repository.find(this.em, roomId, actorId);
    if (!asked || asked.role === 'member') throw new AppError('forbidden', 'Only moderators and the host may do this.');
    return asked;
  }

  /**
   * Asks the rooms service for a membership and remembers it; a refusal is never remembered.
   * @returns whether the user is a member
   * @throws AppError `room_not_found` when there is no such room for this user
   */
  async refresh(roomId: string, userId: string): Promise<boolean> {
    const { version, room, member } = await this.rpc.call(
      rooms.getMembership,
      { roomId, userId },
      { deadlineAt: Date.now() + ASK_WITHIN_MS },
    );
    if (!member) {
      if (room.visibility === 'private') throw new AppError('room_not_found');
      return false;
    }
    await transact(this.em, async (tx) => {
      await this.repository.saveRoom(tx, room, version);
      const [head] = await tx.execute<{ last_seq: number }[]>('select last_seq from rooms where id = ? for no key update', [roomId]);
      await this.repository.saveMember(tx, { roomId, version, joinedSeq: (head?.last_seq ?? 0) + 1, ...member });
    });
    return true;
  }
}
