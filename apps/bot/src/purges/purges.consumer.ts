import { OnEvent } from '@atrium/bus';
import { roomEvents, type PayloadOf } from '@atrium/contracts';
import { RoomPurger } from '@atrium/database';
import { Controller } from '@nestjs/common';

@Controller()
export class PurgesConsumer {
  constructor(private readonly purger: RoomPurger) {}

  @OnEvent(roomEvents.roomPurged, { consumer: 'bot-purges' })
  async purged({ roomId, actorId }: PayloadOf<typeof roomEvents.roomPurged>): Promise<void> {
    await this.purger.ask(roomId, actorId);
  }
}
