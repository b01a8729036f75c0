import { OnTimeline, PlainFilters, type TimelineBatch } from '@atrium/bus';
import { Controller, type OnModuleInit } from '@nestjs/common';
import { KeywordsService } from '../keywords/keywords.service.ts';
import { PollsService } from '../polls/polls.service.ts';
import { RemindersService } from '../reminders/reminders.service.ts';
import { RoomStatesService } from '../rooms/room-states.service.ts';
import { OutgoingWebhooks } from '../webhooks/outgoing/outgoing-webhooks.service.ts';
import { AnswersService } from './answers.service.ts';
import { messageToConsider } from './trigger.ts';

@Controller()
export class TimelineConsumer implements OnModuleInit {
  constructor(
    private readonly roomStates: RoomStatesService,
    private readonly answers: AnswersService,
    private readonly keywords: KeywordsService,
    private readonly polls: PollsService,
    private readonly reminders: RemindersService,
    private readonly webhooks: OutgoingWebhooks,
    private readonly filters: PlainFilters,
  ) {}

  /** Nearly every message is plain, holds no keyword and is told to no program: it is passed over undecoded. */
  onModuleInit(): void {
    this.filters.use(
      'bot-commands',
      async (entries, roomId) => (await this.keywords.mayAnswer(entries)) || this.webhooks.listensTo(roomId),
    );
  }

  @OnTimeline({ consumer: 'bot-commands' })
  async takeIn({ roomId, entries }: TimelineBatch): Promise<void> {
    for (const entry of entries) {
      await this.roomStates.apply(roomId, entry);
      if (entry.type === 'message.deleted') {
        await this.polls.messageDeleted(roomId, entry.messageId);
        await this.reminders.messageDeleted(entry.messageId);
      }
      await this.webhooks.tell(roomId, entry);
      const message = messageToConsider(entry, Date.now());
      if (message) await this.answers.consider(message);
    }
  }
}
