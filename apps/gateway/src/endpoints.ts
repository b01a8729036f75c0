import { AuthHttp } from './accounts/auth.http.ts';
import { MeHttp } from './accounts/me.http.ts';
import { PasswordsHttp } from './accounts/passwords.http.ts';
import { TokensHttp } from './accounts/tokens.http.ts';
import { BotsHttp } from './accounts/bots.http.ts';
import { TwoFactorHttp } from './accounts/two-factor.http.ts';
import { ClosingHttp } from './accounts/closing.http.ts';
import { AvatarsHttp } from './accounts/avatars.http.ts';
import { ExportHttp } from './accounts/export.http.ts';
import { OidcHttp } from './accounts/oidc.http.ts';
import { CommandsHttp } from './bot/commands.http.ts';
import { HooksHttp } from './bot/hooks.http.ts';
import { InteractionsHttp } from './bot/interactions.http.ts';
import { KeywordsHttp } from './bot/keywords.http.ts';
import { PollsHttp } from './bot/polls.http.ts';
import { RemindersHttp } from './bot/reminders.http.ts';
import { WebhooksHttp } from './bot/webhooks.http.ts';
import { AdminAuditHttp } from './admin/audit.http.ts';
import { AdminDeadLettersHttp } from './admin/dead-letters.http.ts';
import { AdminFilesHttp } from './admin/files.http.ts';
import { AdminMessagesHttp } from './admin/messages.http.ts';
import { AdminPeopleHttp } from './admin/people.http.ts';
import { AdminPurgesHttp } from './admin/purges.http.ts';
import { AdminRoomsHttp } from './admin/rooms.http.ts';
import { AdminSystemHttp } from './admin/system.http.ts';
import { AdminStatsHttp } from './admin/stats.http.ts';
import { AskHttp } from './files/ask.http.ts';
import { ContentHttp } from './files/content.http.ts';
import { FilesHttp } from './files/files.http.ts';
import { ResumableHttp } from './files/resumable.http.ts';
import { FilePreviewsHttp } from './files/previews.http.ts';
import { StorageHttp } from './files/storage.http.ts';
import { AheadHttp } from './messages/ahead.http.ts';
import { ChangesHttp } from './messages/changes.http.ts';
import { MessagesHttp } from './messages/messages.http.ts';
import { PersonalHttp } from './messages/personal.http.ts';
import { PreviewsHttp } from './messages/previews.http.ts';
import { ReactionsHttp } from './messages/reactions.http.ts';
import { NotificationsHttp } from './messages/notifications.http.ts';
import { PushHttp } from './messages/push.http.ts';
import { DirectHttp } from './rooms/direct.http.ts';
import { EntranceHttp } from './rooms/entrance.http.ts';
import { MembersHttp } from './rooms/members.http.ts';
import { ModerationHttp } from './rooms/moderation.http.ts';
import { SharedRoomsHttp } from './rooms/shared-rooms.http.ts';
import { RoomsHttp } from './rooms/rooms.http.ts';
import { SearchHttp } from './search/search.http.ts';
import { endpointsOf, type ControllerClass, type DeclaredEndpoint } from './http/endpoint.ts';

/** The public interface: what the app serves and what the documents describe. */
export const publicControllers: readonly ControllerClass[] = [
  AuthHttp,
  MeHttp,
  PasswordsHttp,
  TokensHttp,
  BotsHttp,
  TwoFactorHttp,
  AvatarsHttp,
  ClosingHttp,
  OidcHttp,
  ExportHttp,
  RoomsHttp,
  DirectHttp,
  SharedRoomsHttp,
  MembersHttp,
  ModerationHttp,
  EntranceHttp,
  MessagesHttp,
  NotificationsHttp,
  PushHttp,
  ChangesHttp,
  ReactionsHttp,
  PreviewsHttp,
  PersonalHttp,
  AheadHttp,
  FilesHttp,
  ResumableHttp,
  ContentHttp,
  FilePreviewsHttp,
  StorageHttp,
  AskHttp,
  SearchHttp,
  CommandsHttp,
  InteractionsHttp,
  PollsHttp,
  RemindersHttp,
  KeywordsHttp,
  WebhooksHttp,
  HooksHttp,
  AdminPeopleHttp,
  AdminRoomsHttp,
  AdminPurgesHttp,
  AdminMessagesHttp,
  AdminDeadLettersHttp,
  AdminFilesHttp,
  AdminAuditHttp,
  AdminStatsHttp,
  AdminSystemHttp,
];

/** Every route of the public interface, in the order of declaration. */
export const declaredEndpoints: readonly DeclaredEndpoint[] = endpointsOf(publicControllers);
