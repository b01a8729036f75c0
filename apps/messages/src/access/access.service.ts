import { AppError } from '@atrium/contracts';
import { Membership } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Horizon } from '../log/horizon.ts';
import { AccessRepository, type Access } from './access.repository.ts';

/** Who may do what in a room. The first line of every use case; what is not allowed here is refused. */
@Injectable()
export class AccessService {
  constructor(
    private readonly em: EntityManager,
    private readonly repository: AccessRepository,
    private readonly membership: Membership,
  ) {}

  /** @throws AppError `not_a_member` in a public room, `room_not_found` in one the actor may not know of */
  async requireMember(roomId: string, actorId: string): Promise<Access> {
    const known = await this.repository.find(this.em, roomId, actorId);
    if (known) return known;
    await this.membership.ask(roomId, actorId);
    const asked = await this.repository.find(this.em, roomId, actorId);
    if (!asked) throw new AppError('not_a_member');
    return asked;
  }

  /**
   * Whoever may have a say in the room now, be it an edit or a reaction.
   * @throws AppError `room_archived`, `muted`
   */
  async requireVoice(roomId: string, actorId: string): Promise<Access> {
    const known = await this.requireMember(roomId, actorId);
    if (!silenced(known)) return known;
    await this.membership.ask(roomId, actorId);
    const asked = await this.requireMember(roomId, actorId);
    const refusal = silenced(asked);
    if (refusal) throw refusal;
    return asked;
  }

  /** For how long after sending a message may be edited in this room: for ever where negative. */
  async editWindowSeconds(roomId: string, actorId: string): Promise<number> {
    const known = await this.repository.findEditWindow(this.em, roomId);
    if (known !== null) return known;
    // A room from before this was kept: rooms knows.
    await this.membership.ask(roomId, actorId);
    return (await this.repository.findEditWindow(this.em, roomId)) ?? 0;
  }

  /** What everyone in the room may see at once: for what is sent to all of them alike. */
  findHorizonOfAll(roomId: string): Promise<Horizon> {
    return this.repository.findHorizonOfAll(this.em, roomId);
  }

  /** @throws AppError `forbidden` for members */
  async requireModerator(roomId: string, actorId: string): Promise<Access> {
    const known = await this.requireMember(roomId, actorId);
    if (known.role !== 'member') return known;
    await this.membership.ask(roomId, actorId);
    const asked = await this.repository.find(this.em, roomId, actorId);
    if (!asked || asked.role === 'member') throw new AppError('forbidden', 'Only moderators and the host may do this.');
    return asked;
  }
}

function silenced({ archived, mutedUntil }: Access): AppError | undefined {
  if (archived) return new AppError('room_archived');
  if (mutedUntil === null || mutedUntil <= new Date()) return undefined;
  const until = mutedUntil.toISOString();
  return new AppError('muted', `You are muted in this room until ${until}.`, { mutedUntil: until });
}
