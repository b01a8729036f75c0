import type { Member } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { PresenceRepository } from '../presence/presence.repository.ts';
import { orWithout } from '../presence/or-without.ts';
import { visibleStatus, type Connected } from '../presence/status.ts';
import { TypingRepository } from '../presence/typing.repository.ts';
import type { MemberRow } from './members.repository.ts';

/** Members as clients see them: the row, and what Redis knows of them now. */
@Injectable()
export class MemberView {
  constructor(
    private readonly presence: PresenceRepository,
    private readonly typing: TypingRepository,
  ) {}

  async many(roomId: string, rows: readonly MemberRow[]): Promise<Member[]> {
    const userIds = rows.map((row) => row.userId);
    const [connections, typing] = await Promise.all([
      orWithout(new Map<string, Connected>(), () => this.presence.connectionsOf(userIds)),
      orWithout(new Set<string>(), () => this.typing.typingIn(roomId)),
    ]);
    return rows.map((row) => ({
      id: row.userId,
      username: row.username,
      displayName: row.displayName,
      avatarUrl: row.avatarUrl,
      role: row.role,
      status: visibleStatus(connections.get(row.userId) ?? 'offline', row.presence),
      typing: typing.has(row.userId),
      joinedAt: row.joinedAt.toISOString(),
      ...(row.mutedUntil && { mutedUntil: row.mutedUntil.toISOString() }),
      ...(row.handRaisedAt && { handRaisedAt: row.handRaisedAt.toISOString() }),
      ...(row.bot && { bot: true }),
    }));
  }

  async one(roomId: string, row: MemberRow): Promise<Member> {
    const [member] = await this.many(roomId, [row]);
    return member as Member;
  }
}
