import { BusModule } from '@atrium/bus';
import { DatabaseModule } from '@atrium/database';
import { Module, type DynamicModule } from '@nestjs/common';
import { migrations } from '../migrations/index.ts';
import { AnswersRepository } from './answers/answers.repository.ts';
import { AnswersService } from './answers/answers.service.ts';
import { TimelineConsumer } from './answers/timeline.consumer.ts';
import { CommandRegistry } from './commands/command-registry.ts';
import { CommandsAccess } from './commands/commands.access.ts';
import { CommandsRpc } from './commands/commands.rpc.ts';
import { StatusCommand } from './commands/status.command.ts';
import { SummaryCommand } from './commands/summary.command.ts';
import type { BotConfig } from './config.ts';
import { Housekeeping } from './housekeeping.ts';
import { KeywordAnswerEntity } from './keywords/keyword-answer.entity.ts';
import { KeywordsService } from './keywords/keywords.service.ts';
import { RoomStatesRepository } from './rooms/room-states.repository.ts';
import { RoomStatesService } from './rooms/room-states.service.ts';
import { History } from './summaries/history.ts';
import { SummariesService } from './summaries/summaries.service.ts';

@Module({})
export class AppModule {
  static forRoot(config: BotConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        BusModule.forRoot('bot', config),
        DatabaseModule.forRoot({ service: 'bot', url: config.BOT_DATABASE_URL, entities: [KeywordAnswerEntity], migrations }),
      ],
      controllers: [CommandsRpc, TimelineConsumer],
      providers: [
        AnswersRepository,
        AnswersService,
        CommandRegistry,
        CommandsAccess,
        History,
        Housekeeping,
        KeywordsService,
        RoomStatesRepository,
        RoomStatesService,
        StatusCommand,
        SummariesService,
        SummaryCommand,
      ],
    };
  }
}
