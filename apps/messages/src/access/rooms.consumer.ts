import { OnEvent, type EventMeta } from '@atrium/bus';
import { roomEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { RoomFactsService } from './room-facts.service.ts';

const consumer = { consumer: 'messages-rooms' };

/** What the rooms service tells: taken into the projection and into the room's log in one transaction. */
@Controller()
export class RoomsConsumer {
  constructor(private readonly facts: RoomFactsService) {}

  @OnEvent(roomEvents.memberJoined, consumer)
  onJoined(fact: PayloadOf<typeof roomEvents.memberJoined>, meta: EventMeta) {
    return this.facts.take('memberJoined', fact, meta.id);
  }

  @OnEvent(roomEvents.memberRemoved, consumer)
  onRemoved(fact: PayloadOf<typeof roomEvents.memberRemoved>, meta: EventMeta) {
    return this.facts.take('memberRemoved', fact, meta.id);
  }

  @OnEvent(roomEvents.roleChanged, consumer)
  onRoleChanged(fact: PayloadOf<typeof roomEvents.roleChanged>, meta: EventMeta) {
    return this.facts.take('roleChanged', fact, meta.id);
  }

  @OnEvent(roomEvents.hostChanged, consumer)
  onHostChanged(fact: PayloadOf<typeof roomEvents.hostChanged>, meta: EventMeta) {
    return this.facts.take('hostChanged', fact, meta.id);
  }

  @OnEvent(roomEvents.roomUpdated, consumer)
  onUpdated(fact: PayloadOf<typeof roomEvents.roomUpdated>, meta: EventMeta) {
    return this.facts.take('roomUpdated', fact, meta.id);
  }

  @OnEvent(roomEvents.botToggled, consumer)
  onBotToggled(fact: PayloadOf<typeof roomEvents.botToggled>, meta: EventMeta) {
    return this.facts.take('botToggled', fact, meta.id);
  }

  @OnEvent(roomEvents.roomArchived, consumer)
  onArchived(fact: PayloadOf<typeof roomEvents.roomArchived>, meta: EventMeta) {
    return this.facts.take('roomArchived', fact, meta.id);
  }
}
