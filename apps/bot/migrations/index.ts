import { HoldReminders20261128 } from './migration-20261128-hold-reminders.ts';
import { PurgeRooms20261128 } from './migration-20261128-purge-rooms.ts';
import { KeepAudit20261128 } from './migration-20261128-keep-audit.ts';
import { CreateBot } from './migration-20261122-create-bot.ts';
import { OwnBots20261128 } from './migration-20261128-own-bots.ts';
import { OutgoingWebhooks20261126 } from './migration-20261126-outgoing-webhooks.ts';
import { RunCommands20261126 } from './migration-20261126-run-commands.ts';
import { KeepLanguage20261203 } from './migration-20261203-keep-language.ts';
import { KeepEventHeaders20261202 } from './migration-20261202-keep-event-headers.ts';

/** In the order in which they are applied; never edited once landed. */
export const migrations = [
  CreateBot,
  RunCommands20261126,
  OutgoingWebhooks20261126,
  KeepAudit20261128,
  OwnBots20261128,
  PurgeRooms20261128,
  HoldReminders20261128,
  KeepEventHeaders20261202,
  KeepLanguage20261203,
];
