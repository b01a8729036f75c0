import { AppError, receiptOf, roomEvents, type AskedPurge, type OutputOf, type ParsedInputOf, type rooms } from '@atrium/contracts';
import { RoomPurge, RoomPurger, removeRoomRows, transact } from '@atrium/database';
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Chronicle, lastFactOf } from '../chronicle/chronicle.service.ts';
import { MemberEntity } from '../members/member.entity.ts';
import { RoomEntity } from '../rooms/room.entity.ts';

const MEMBERS_AT_ONCE = 50;
const ROWS_AT_ONCE = 500;
/** The numbered facts stand, and the audit log. */
const KEEP = ['facts', 'purges', 'members'];
/** Within which whoever asked waits for the end. */
const ANSWER_WITHIN_MS = 3_000;

type Asked = { reason: string };

/** Purges a room that was closed: takes everybody out, part by part, and leaves an empty row under which its facts stand. */
@Injectable()
export class PurgeRooms extends RoomPurge {
  constructor(private readonly chronicle: Chronicle) {
    super();
  }

  async step(tx: EntityManager, { roomId, actorId }: { roomId: string; actorId: string | null }): Promise<boolean> {
    const [asked] = await tx.execute<Asked[]>('select reason from purges where room_id = ?', [roomId]);
    const room = await tx.findOneOrFail(RoomEntity, { id: roomId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    // The host goes last: while anyone is in a room, it has one.
    const people = await tx.execute<{ user_id: string }[]>(
      `select user_id from members where room_id = ? order by role = 'host', user_id limit ${MEMBERS_AT_ONCE}`,
      [roomId],
    );
    if (people.length > 0) {
      for (const { user_id: userId } of people) await this.takeOut(tx, room, { userId, actorId, reason: asked!.reason });
      return false;
    }
    if (!(await removeRoomRows(tx, roomId, { keep: KEEP, atMost: ROWS_AT_ONCE }))) return false;
    await this.empty(tx, room, actorId, asked!.reason);
    return true;
  }

  private async takeOut(
    tx: EntityManager,
    room: RoomEntity,
    out: { userId: string; actorId: string | null; reason: string },
  ): Promise<void> {
    const { userId, actorId, reason } = out;
    const member = await tx.findOneOrFail(MemberEntity, { roomId: room.id, userId });
    await tx.remove(member).flush();
    room.memberCount -= 1;
    const hostChange = member.role === 'host' ? { previousHostId: userId, hostId: null } : null;
    if (hostChange) room.hostId = room.actingHostId = null;
    await this.chronicle.record(tx, room, {
      event: roomEvents.memberRemoved,
      payload: { userId, how: 'kicked', reason, until: null, hostChange, archived: false },
      actorId,
      action: 'member.kicked',
      targetId: userId,
      reason,
    });
  }

  /** What it was called is kept by the audit log alone. */
  private async empty(tx: EntityManager, room: RoomEntity, actorId: string | null, reason: string): Promise<void> {
    const details = { name: room.name, kind: room.kind };
    Object.assign(room, { name: '', topic: '', description: '', visibility: 'private', passwordHash: null, directKey: null });
    room.linkKey = randomBytes(12).toString('base64url');
    await this.chronicle.record(tx, room, {
      event: roomEvents.roomPurged,
      payload: { purgedAt: room.purgedAt!.toISOString() },
      actorId,
      action: 'room.purged',
      reason,
      details,
    });
  }
}

/** What an admin asks of it. */
@Injectable()
export class PurgesService {
  constructor(
    private readonly em: EntityManager,
    private readonly purger: RoomPurger,
    private readonly chronicle: Chronicle,
  ) {}

  /** The room is closed at once; everything else follows by itself, also after a crash. */
  async purge(
    actorId: string,
    { roomId, reason }: ParsedInputOf<typeof rooms.adminPurgeRoom>,
  ): Promise<OutputOf<typeof rooms.adminPurgeRoom>> {
    await transact(this.em, (tx) => this.ask(tx, { roomId, actorId, reason }));
    const giveUpAt = Date.now() + ANSWER_WITHIN_MS;
    let isDone = await this.isDone(roomId);
    while (!isDone && Date.now() < giveUpAt) {
      await this.purger.run();
      isDone = await this.isDone(roomId);
    }
    const room = await this.em.fork().findOneOrFail(RoomEntity, { id: roomId });
    return { ...receiptOf(lastFactOf(room)), purged: isDone };
  }

  /** The latest first. What a purged room was called is kept by the log alone. */
  async list({ roomId = null, limit }: { roomId?: string | null | undefined; limit: number }): Promise<AskedPurge[]> {
    const rows = await this.em.fork().execute<(Omit<AskedPurge, 'askedAt'> & { askedAt: string })[]>(
      `select p.room_id "roomId", coalesce(nullif(r.name, ''), (
                select a.details ->> 'name' from audit a where a.room_id = p.room_id and a.action = 'room.purged' limit 1), '') "name",
              p.asked_at "askedAt", p.actor_id "askedBy", p.reason, p.done_at is not null "done", r.member_count "peopleLeft"
         from purges p join rooms r on r.id = p.room_id
        where (?::uuid is null or p.room_id = ?) order by p.asked_at desc limit ?`,
      [roomId, roomId, limit],
    );
    return rows.map((row) => ({ ...row, askedAt: new Date(row.askedAt).toISOString() }));
  }

  private async ask(tx: EntityManager, { roomId, actorId, reason }: { roomId: string; actorId: string; reason: string }): Promise<void> {
    const room = await tx.findOne(RoomEntity, { id: roomId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!room) throw new AppError('room_not_found');
    const asked = await tx.execute<unknown[]>(
      `insert into purges (room_id, actor_id, asked_at, reason) values (?, ?, now(), ?) on conflict do nothing returning 1`,
      [roomId, actorId, reason],
    );
    if (asked.length === 0) return;
    // From here on the room is there for nobody, so that nobody comes in and nothing brings it back.
    room.purgedAt = new Date();
    room.directKey = null;
    if (room.archivedAt) return this.chronicle.note(tx, { roomId, actorId, action: 'room.purge_asked', reason });
    room.archivedAt = room.purgedAt;
    const payload = { archivedAt: room.archivedAt.toISOString() };
    await this.chronicle.record(tx, room, { event: roomEvents.roomArchived, payload, actorId, action: 'room.purge_asked', reason });
  }

  private async isDone(roomId: string): Promise<boolean> {
    const rows = await this.em.fork().execute<unknown[]>('select 1 from purges where room_id = ? and done_at is not null', [roomId]);
    return rows.length > 0;
  }
}
