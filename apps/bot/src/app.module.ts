import { BusModule } from '@atrium/bus';
import { AuditChain, AuditLog, DatabaseModule, RoomPurge, RoomPurger, RoomPurges } from '@atrium/database';
import { Sealer } from '@atrium/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { migrations } from '../migrations/index.ts';
import { AuditRpc } from './audit/audit.rpc.ts';
import { PurgesRpc } from './purges/purges.rpc.ts';
import { AnswersRepository } from './answers/answers.repository.ts';
import { AnswersService } from './answers/answers.service.ts';
import { ClosedAccountsConsumer } from './reminders/closed-accounts.consumer.ts';
import { RulesListener } from './answers/rules.listener.ts';
import { TimelineConsumer } from './answers/timeline.consumer.ts';
import { commandProviders, CommandRegistry } from './commands/command-registry.ts';
import { CommandCheckService } from './commands/command-check.service.ts';
import { CommandsAccess } from './commands/commands.access.ts';
import { CommandsRpc } from './commands/commands.rpc.ts';
import type { BotConfig } from './config.ts';
import { Housekeeping } from './housekeeping.ts';
import { KeywordAnswerEntity } from './keywords/keyword-answer.entity.ts';
import { KeywordsService } from './keywords/keywords.service.ts';
import { RoomStatesRepository } from './rooms/room-states.repository.ts';
import { RoomStatesService } from './rooms/room-states.service.ts';
import { History } from './summaries/history.ts';
import { SummariesService } from './summaries/summaries.service.ts';
import { CommandRunner } from './commands/command-runner.ts';
import { KeywordEditor } from './keywords/keyword-editor.service.ts';
import { KeywordsRpc } from './keywords/keywords.rpc.ts';
import { BotAccountsConsumer } from './own-bots/bot-accounts.consumer.ts';
import { InteractionClock } from './own-bots/interaction-clock.ts';
import { InteractionsRepository } from './own-bots/interactions.repository.ts';
import { InteractionsService } from './own-bots/interactions.service.ts';
import { OwnBotsRpc } from './own-bots/own-bots.rpc.ts';
import { OwnCommandsService } from './own-bots/own-commands.service.ts';
import { RegistrationsRepository } from './own-bots/registrations.repository.ts';
import { RegistrationsService } from './own-bots/registrations.service.ts';
import { PollsRepository } from './polls/polls.repository.ts';
import { PollsRpc } from './polls/polls.rpc.ts';
import { PollsService } from './polls/polls.service.ts';
import { PostsService } from './posts/posts.service.ts';
import { ReminderClock } from './reminders/reminder-clock.ts';
import { RemindersRepository } from './reminders/reminders.repository.ts';
import { RemindersRpc } from './reminders/reminders.rpc.ts';
import { RemindersService } from './reminders/reminders.service.ts';
import { NotesService } from './runs/notes.service.ts';
import { PurgeBot } from './purges/purge-bot.ts';
import { PurgesConsumer } from './purges/purges.consumer.ts';
import { RunsRepository } from './runs/runs.repository.ts';
import { RunsRpc } from './runs/runs.rpc.ts';
import { RunsService } from './runs/runs.service.ts';
import { DeliveriesRepository } from './webhooks/outgoing/deliveries.repository.ts';
import { DeliveriesService } from './webhooks/outgoing/deliveries.service.ts';
import { DeliveryClock } from './webhooks/outgoing/delivery-clock.ts';
import { OutgoingWebhooks } from './webhooks/outgoing/outgoing-webhooks.service.ts';
import { WebhooksRepository } from './webhooks/webhooks.repository.ts';
import { WebhookSecrets } from './webhooks/webhook-secrets.ts';
import { WebhooksRpc } from './webhooks/webhooks.rpc.ts';
import { WebhooksService } from './webhooks/webhooks.service.ts';
import { Languages } from './words/languages.ts';

@Module({})
export class AppModule {
  static forRoot(config: BotConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        BusModule.forRoot('bot', config),
        DatabaseModule.forRoot({ service: 'bot', url: config.BOT_DATABASE_URL, entities: [KeywordAnswerEntity], migrations }),
      ],
      controllers: [
        CommandsRpc,
        RunsRpc,
        PollsRpc,
        RemindersRpc,
        KeywordsRpc,
        WebhooksRpc,
        OwnBotsRpc,
        AuditRpc,
        PurgesRpc,
        PurgesConsumer,
        RulesListener,
        TimelineConsumer,
        BotAccountsConsumer,
        ClosedAccountsConsumer,
      ],
      providers: [
        AnswersRepository,
        AnswersService,
        CommandCheckService,
        CommandRegistry,
        CommandsAccess,
        History,
        Housekeeping,
        KeywordsService,
        Languages,
        RoomStatesRepository,
        RoomStatesService,
        SummariesService,
        ...commandProviders,
        AuditChain,
        AuditLog,
        CommandRunner,
        KeywordEditor,
        NotesService,
        PollsRepository,
        PollsService,
        PostsService,
        ReminderClock,
        RemindersRepository,
        RemindersService,
        RoomPurger,
        RoomPurges,
        { provide: RoomPurge, useClass: PurgeBot },
        RunsRepository,
        RunsService,
        InteractionClock,
        InteractionsRepository,
        InteractionsService,
        OwnCommandsService,
        RegistrationsRepository,
        RegistrationsService,
        { provide: Sealer, useValue: new Sealer({ service: 'bot', key: config.BOT_SECRETS_KEY, setting: 'BOT_SECRETS_KEY' }) },
        DeliveriesRepository,
        DeliveriesService,
        DeliveryClock,
        OutgoingWebhooks,
        WebhookSecrets,
        WebhooksRepository,
        WebhooksService,
      ],
    };
  }
}
