import { DecideCalls20261126, FindMentionsByMessage20261126 } from './migration-20261126-decide-calls.ts';
import { PurgeRooms20261128 } from './migration-20261128-purge-rooms.ts';
import { KeepAudit20261128 } from './migration-20261128-keep-audit.ts';
import { FindNotificationsByReason20261126 } from './migration-20261126-find-notifications-by-reason.ts';
import { NumberPageReports20261126 } from './migration-20261126-number-page-reports.ts';
import { NotifyPeople20261126 } from './migration-20261126-notify-people.ts';
import { ChangeMessages20261126 } from './migration-20261126-change-messages.ts';
import { FindFollowedThreads20261126 } from './migration-20261126-find-followed-threads.ts';
import { CreateMessages20261122 } from './migration-20261122-create-messages.ts';
import { DateFiles20261122 } from './migration-20261122-date-files.ts';
import { FindNamesByName20261125 } from './migration-20261125-find-names-by-name.ts';
import { KeepCommitsWhole20261125 } from './migration-20261125-keep-commits-whole.ts';
import { KeepDrafts20261126 } from './migration-20261126-keep-drafts.ts';
import { NumberPreferences20261128 } from './migration-20261128-number-preferences.ts';
import { NumberFacts20261125 } from './migration-20261125-number-facts.ts';
import { ShareMembership20261126 } from './migration-20261126-share-membership.ts';
import { FindRoomsOfMember20261126, SearchMessages20261126 } from './migration-20261126-search-messages.ts';
import { PushToDevices20261126 } from './migration-20261126-push-to-devices.ts';
import { RememberVisits20261126 } from './migration-20261126-remember-visits.ts';
import { WriteAhead20261127 } from './migration-20261127-write-ahead.ts';
import { PreviewLinks20261127 } from './migration-20261127-preview-links.ts';
import { ShowRepliesInRoom20261128 } from './migration-20261128-show-replies-in-room.ts';
import { TakeTurns20261128 } from './migration-20261128-take-turns.ts';
import { SeekWhatIsShown20261126 } from './migration-20261126-seek-what-is-shown.ts';
import { KeepEventHeaders20261202 } from './migration-20261202-keep-event-headers.ts';
import { KnowThreats20261203 } from './migration-20261203-know-threats.ts';
import { PushInLanguages20261204 } from './migration-20261204-push-in-languages.ts';

/** In the order in which they are applied; never edited once landed. */
export const migrations = [
  CreateMessages20261122,
  DateFiles20261122,
  KeepCommitsWhole20261125,
  NumberFacts20261125,
  FindNamesByName20261125,
  ShareMembership20261126,
  SeekWhatIsShown20261126,
  KeepDrafts20261126,
  SearchMessages20261126,
  FindRoomsOfMember20261126,
  RememberVisits20261126,
  ChangeMessages20261126,
  FindFollowedThreads20261126,
  NotifyPeople20261126,
  DecideCalls20261126,
  FindMentionsByMessage20261126,
  KeepAudit20261128,
  NumberPageReports20261126,
  FindNotificationsByReason20261126,
  PushToDevices20261126,
  PurgeRooms20261128,
  WriteAhead20261127,
  PreviewLinks20261127,
  ShowRepliesInRoom20261128,
  NumberPreferences20261128,
  TakeTurns20261128,
  KeepEventHeaders20261202,
  KnowThreats20261203,
  PushInLanguages20261204,
];
