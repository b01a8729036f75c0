import { OnTimeline, type TimelineBatch } from '@atrium/bus';
import { Controller } from '@nestjs/common';
import { RoomStatesService } from '../rooms/room-states.service.ts';
import { AnswersService } from './answers.service.ts';
import { messageToConsider } from './trigger.ts';

@Controller()
export class TimelineConsumer {
  constructor(
    private readonly roomStates: RoomStatesService,
    private readonly answers: AnswersService,
  ) {}

  @OnTimeline({ consumer: 'bot-commands' })
  async takeIn({ roomId, entries }: TimelineBatch): Promise<void> {
    for (const entry of entries) {
      await this.roomStates.apply(roomId, entry);
      const message = messageToConsider(entry, Date.now());
      if (message) await this.answers.consider(message);
    }
  }
}
