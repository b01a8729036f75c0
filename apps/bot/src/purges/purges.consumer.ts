import { OnEvent } from '@atrium/bus';
import { roomEvents, type PayloadOf } from '@atrium/contracts';
import { RoomPurges, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller } from '@nestjs/common';

@Controller()
export class PurgesConsumer {
  constructor(
    private readonly em: EntityManager,
    private readonly purges: RoomPurges,
  ) {}

  @OnEvent(roomEvents.roomPurged, { consumer: 'bot-purges' })
  async purged({ roomId, actorId }: PayloadOf<typeof roomEvents.roomPurged>): Promise<void> {
    await transact(this.em, (tx) => this.purges.ask(tx, roomId, actorId));
  }
}
