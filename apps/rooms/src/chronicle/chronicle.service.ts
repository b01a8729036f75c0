import type { EventContract, FactMark, FactPayload, PayloadOf, RoomFactName, roomEvents, roomFacts } from '@atrium/contracts';
import { FactLog, uuidv7 } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { RoomEntity } from '../rooms/room.entity.ts';
import { AuditEntity } from './audit.entity.ts';

type RoomEvent = (typeof roomEvents)[keyof typeof roomEvents];

/** The last thing that was told of a room. */
export const lastFactOf = ({ id, version }: Pick<RoomEntity, 'id' | 'version'>): FactMark => ({ kind: 'room', key: id, version });

/** What happened in a room: the event other services are told, and what the audit log says of it. */
export type Fact<E extends EventContract> = {
  event: E;
  /** What the event says beyond room, version, time and actor. */
  payload: Omit<PayloadOf<E>, 'roomId' | 'version' | 'at' | 'actorId'>;
  /** Null for what the service does by its own rules. */
  actorId: string | null;
  action: string;
  targetId?: string;
  reason?: string | null;
  details?: Record<string, unknown>;
  /** When, where the row keeps the moment too: copies of the row take it from the event. Now, unless told. */
  at?: Date;
};

/** What was done in a room, as the audit log keeps it. */
export type Act = { roomId: string } & Pick<Fact<EventContract>, 'actorId' | 'action' | 'targetId' | 'reason' | 'details'>;

/**
 * The one way to tell that a room changed: raises the room's version by one and writes the audit row, the event and the
 * fact it tells, all in the transaction of the change.
 */
@Injectable()
export class Chronicle {
  constructor(private readonly facts: FactLog<typeof roomFacts>) {}

  /**
   * @param room the row, locked by this transaction and already as the change leaves it
   * @returns which fact tells it
   */
  async record<E extends RoomEvent>(tx: EntityManager, room: RoomEntity, fact: Fact<E>): Promise<FactMark> {
    const { at = new Date() } = fact;
    room.version += 1;
    room.lastActivityAt = at;
    this.note(tx, { ...fact, roomId: room.id }, at);
    const head = { roomId: room.id, version: room.version, at: at.toISOString(), actorId: fact.actorId };
    const payload = { ...head, ...fact.payload } as unknown as FactPayload<typeof roomFacts, RoomFactName>;
    return this.facts.tell(tx, fact.event.name as RoomFactName, payload);
  }

  /** For what no other service needs to know: the audit row alone. */
  note(tx: EntityManager, { roomId, actorId, action, targetId, reason, details }: Act, at = new Date()): void {
    tx.create(AuditEntity, {
      id: uuidv7(),
      roomId,
      at,
      actorId,
      action,
      targetId: targetId ?? null,
      reason: reason ?? null,
      details: details ?? {},
    });
  }
}
