import type { PurgeLeft } from '@atrium/contracts';
import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { afterCommit, transact } from '../transact.ts';
import { uuidArray } from '../uuid-array.ts';

const EVERY_MS = 5_000;

/** How a service removes what it keeps of a room that was purged. */
export abstract class RoomPurge {
  /** One part of the work, in a transaction that holds the room's row of `purges`. @returns whether nothing is left */
  abstract step(tx: EntityManager, purge: { roomId: string; actorId: string | null }): Promise<boolean>;

  /** How much is left, by room; a service that keeps many small things does not count them. */
  countLeft(_em: EntityManager, _roomIds: readonly string[]): Promise<Map<string, number>> | undefined {
    return undefined;
  }
}

/** What a service creates that purges rooms. */
export const purgesTable = `
  create table purges (
    room_id uuid primary key,
    actor_id uuid,
    asked_at timestamptz(3) not null,
    -- Null while something is left.
    done_at timestamptz(3)
  );
  create index purges_open on purges (asked_at) where done_at is null;`;

/** Which rooms are to be purged. */
@Injectable()
export class RoomPurges {
  private wake: () => void = () => undefined;

  /** Calls whenever a purge was asked for. */
  onAsked(listener: () => void): void {
    this.wake = listener;
  }

  /** Notes that a room is to be purged, in the transaction that learns of it. A repeat changes nothing. */
  async ask(tx: EntityManager, roomId: string, actorId: string | null): Promise<void> {
    await tx.execute('insert into purges (room_id, actor_id, asked_at) values (?, ?, now()) on conflict do nothing', [roomId, actorId]);
    afterCommit(tx, () => this.wake());
  }

  /** Those of these rooms of which nothing is left here. */
  async findDone(em: EntityManager, roomIds: readonly string[]): Promise<Set<string>> {
    const rows = await em.execute<{ room_id: string }[]>(
      'select room_id from purges where room_id = any(?::uuid[]) and done_at is not null',
      [uuidArray(roomIds)],
    );
    return new Set(rows.map(({ room_id }) => room_id));
  }
}

/**
 * Goes on with purges until nothing is left, part by part, each in a transaction of its own: also with those that a crash
 * interrupted. Every instance may do it; a room is worked on by one at a time.
 */
@Injectable()
export class RoomPurger implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RepeatedTask(() => this.work(), {
    everyMs: EVERY_MS,
    logger: new Logger('purges'),
    onFailure: 'a purge goes on at the next turn',
  });

  constructor(
    private readonly em: EntityManager,
    private readonly purge: RoomPurge,
    private readonly asked: RoomPurges,
  ) {}

  onApplicationBootstrap(): void {
    this.asked.onAsked(() => void this.run());
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** Looks for work now instead of at the next turn, until nothing is left that nobody else works on. */
  run(): Promise<void> {
    return this.task.runAfresh();
  }

  /** Notes that a room is to be purged, by who learned of nothing else with it. */
  async ask(roomId: string, actorId: string | null): Promise<void> {
    await transact(this.em, (tx) => this.asked.ask(tx, roomId, actorId));
  }

  /** What admins are told of these rooms, in their order. */
  async whatIsLeft(roomIds: readonly string[]): Promise<PurgeLeft[]> {
    const em = this.em.fork();
    const [done, counts] = await Promise.all([this.asked.findDone(em, roomIds), this.purge.countLeft(em, roomIds)]);
    return roomIds.map((roomId) => ({ roomId, done: done.has(roomId), left: counts ? (counts.get(roomId) ?? 0) : null }));
  }

  private async work(): Promise<void> {
    while (!this.task.isStopped && (await this.stepOnce()));
  }

  /** @returns whether there was something to do */
  private stepOnce(): Promise<boolean> {
    return transact(this.em, async (tx) => {
      const [open] = await tx.execute<{ roomId: string; actorId: string | null }[]>(
        `select room_id as "roomId", actor_id as "actorId" from purges where done_at is null order by asked_at limit 1 for update skip locked`,
      );
      if (!open) return false;
      if (await this.purge.step(tx, open)) await tx.execute('update purges set done_at = now() where room_id = ?', [open.roomId]);
      return true;
    });
  }
}
