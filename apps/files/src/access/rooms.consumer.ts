import { OnEvent, type EventMeta } from '@atrium/bus';
import { roomEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { AccessProjection } from './access-projection.service.ts';

const consumer = 'files-access';

/** What the rooms service tells about who is in. */
@Controller()
export class RoomsConsumer {
  constructor(private readonly projection: AccessProjection) {}

  @OnEvent(roomEvents.memberJoined, { consumer })
  joined(event: PayloadOf<typeof roomEvents.memberJoined>, meta: EventMeta): Promise<void> {
    return this.projection.take('memberJoined', event, meta.id);
  }

  @OnEvent(roomEvents.memberRemoved, { consumer })
  removed(event: PayloadOf<typeof roomEvents.memberRemoved>, meta: EventMeta): Promise<void> {
    return this.projection.take('memberRemoved', event, meta.id);
  }

  @OnEvent(roomEvents.roleChanged, { consumer })
  roleChanged(event: PayloadOf<typeof roomEvents.roleChanged>, meta: EventMeta): Promise<void> {
    return this.projection.take('roleChanged', event, meta.id);
  }

  @OnEvent(roomEvents.hostChanged, { consumer })
  hostChanged(event: PayloadOf<typeof roomEvents.hostChanged>, meta: EventMeta): Promise<void> {
    return this.projection.take('hostChanged', event, meta.id);
  }

  @OnEvent(roomEvents.roomUpdated, { consumer })
  updated(event: PayloadOf<typeof roomEvents.roomUpdated>, meta: EventMeta): Promise<void> {
    return this.projection.take('roomUpdated', event, meta.id);
  }

  @OnEvent(roomEvents.roomArchived, { consumer })
  archived(event: PayloadOf<typeof roomEvents.roomArchived>, meta: EventMeta): Promise<void> {
    return this.projection.take('roomArchived', event, meta.id);
  }

  @OnEvent(roomEvents.botToggled, { consumer })
  botToggled(event: PayloadOf<typeof roomEvents.botToggled>, meta: EventMeta): Promise<void> {
    return this.projection.take('botToggled', event, meta.id);
  }
}
