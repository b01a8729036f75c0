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
    return this.projection.joined(event, meta.id);
  }

  @OnEvent(roomEvents.memberRemoved, { consumer })
  removed(event: PayloadOf<typeof roomEvents.memberRemoved>, meta: EventMeta): Promise<void> {
    return this.projection.removed(event, meta.id);
  }

  @OnEvent(roomEvents.roleChanged, { consumer })
  roleChanged(event: PayloadOf<typeof roomEvents.roleChanged>, meta: EventMeta): Promise<void> {
    return this.projection.roleChanged(event, meta.id);
  }

  @OnEvent(roomEvents.hostChanged, { consumer })
  hostChanged(event: PayloadOf<typeof roomEvents.hostChanged>, meta: EventMeta): Promise<void> {
    return this.projection.hostChanged(event, meta.id);
  }

  @OnEvent(roomEvents.roomUpdated, { consumer })
  updated(event: PayloadOf<typeof roomEvents.roomUpdated>, meta: EventMeta): Promise<void> {
    return this.projection.updated(event, meta.id);
  }

  @OnEvent(roomEvents.roomArchived, { consumer })
  archived(event: PayloadOf<typeof roomEvents.roomArchived>, meta: EventMeta): Promise<void> {
    return this.projection.archived(event, meta.id);
  }

  /** Changes nothing here; taken in so that who waits for it is answered. */
  @OnEvent(roomEvents.botToggled, { consumer })
  botToggled(_event: PayloadOf<typeof roomEvents.botToggled>, meta: EventMeta): Promise<void> {
    return this.projection.seen(meta.id);
  }
}
