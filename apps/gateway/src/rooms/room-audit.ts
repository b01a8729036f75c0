import { RpcClient, type CallOptions } from '@atrium/bus';
import {
  accounts,
  bot,
  files,
  messages,
  rooms,
  type AuditEntry,
  type InputOf,
  type PersonName,
  type RoomAuditEntry,
} from '@atrium/contracts';
import { readIdCursor } from '@atrium/service-kit';
import { Injectable } from '@nestjs/common';

export type RoomAuditQuery = Omit<InputOf<typeof rooms.audit>, 'before' | 'limit'> & { limit: number };

/** Rooms keeps the log of what was done in a room; what was done with its messages, files and bot, those who did it. */
const OTHERS = [messages.roomAudit, files.roomAudit, bot.roomAudit];

/** Reads what all services keep of a room as one log, newest first. */
@Injectable()
export class RoomAuditReader {
  constructor(private readonly rpc: RpcClient) {}

  async page(
    { cursor, limit, ...query }: RoomAuditQuery,
    call: CallOptions,
  ): Promise<{ items: RoomAuditEntry[]; nextCursor: string | null }> {
    // Each is asked for all that the page could hold of it, and whether there is more; ids are in the order of time.
    const part = { ...query, before: readIdCursor(cursor) };
    const [own, ...others] = await Promise.all([
      this.rpc.call(rooms.audit, { ...part, limit }, call),
      ...OTHERS.map((log) => this.rpc.call(log, { ...part, limit: limit + 1 }, call)),
    ]);
    const named = await this.named(
      others.flatMap(({ items }) => items),
      call,
    );
    const merged = [...own.items, ...named].sort((a, b) => (a.id < b.id ? 1 : -1));
    const items = merged.slice(0, limit);
    const isMore = own.nextCursor !== null || merged.length > limit;
    return { items, nextCursor: isMore ? (items.at(-1)?.id ?? null) : null };
  }

  /** Rooms names people by itself; the others know ids alone. */
  private async named(entries: readonly AuditEntry[], call: CallOptions): Promise<RoomAuditEntry[]> {
    const ids = entries.flatMap(({ actorId, targetId }) => [actorId, targetId].filter((id) => id !== null));
    if (ids.length === 0) return [];
    const { items } = await this.rpc.call(accounts.getUsers, { userIds: [...new Set(ids)] }, call);
    const names = new Map(items.map(({ id, username, displayName, avatarUrl }) => [id, { id, username, displayName, avatarUrl }]));
    const nameOf = (id: string | null): PersonName | null => (id === null ? null : (names.get(id) ?? null));
    return entries.map(({ id, at, actorId, action, targetId, reason, details }) => ({
      ...{ id, at, actorId, action, targetId, reason, details },
      actor: nameOf(actorId),
      target: nameOf(targetId),
    }));
  }
}
