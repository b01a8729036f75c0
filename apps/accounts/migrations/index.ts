import { KeepAudit20261128 } from './migration-20261128-keep-audit.ts';
import { CreateAccounts } from './migration-20261122-create-accounts.ts';
import { KeepAdminNames } from './migration-20261126-keep-admin-names.ts';
import { IndexSpentTokens } from './migration-20261125-index-spent-tokens.ts';
import { NumberProfileFacts } from './migration-20261126-number-profile-facts.ts';
import { AccessTokens } from './migration-20261127-access-tokens.ts';
import { SecondFactor } from './migration-20261127-second-factor.ts';
import { KeepAvatars } from './migration-20261127-keep-avatars.ts';
import { NoteSkeletons } from './migration-20261127-note-skeletons.ts';
import { SignInElsewhere } from './migration-20261127-sign-in-elsewhere.ts';
import { ResetPasswords } from './migration-20261127-reset-passwords.ts';
import { OwnPictures } from './migration-20261126-own-pictures.ts';
import { Bots } from './migration-20261128-bots.ts';
import { AdminActs } from './migration-20261127-admin-acts.ts';
import { CloseAccounts } from './migration-20261127-close-accounts.ts';
import { DeadLetters } from './migration-20261129-dead-letters.ts';
import { ShowStatus } from './migration-20261129-show-status.ts';
import { NumberFunds20261203 } from './migration-20261203-number-funds.ts';
import { KeepEventHeaders20261202 } from './migration-20261202-keep-event-headers.ts';
import { RecoverByAddress20261204 } from './migration-20261204-recover-by-address.ts';
import { FindByRecoveryAddress20261204 } from './migration-20261204-find-by-recovery-address.ts';

export const migrations = [
  CreateAccounts,
  IndexSpentTokens,
  NumberProfileFacts,
  KeepAdminNames,
  OwnPictures,
  ResetPasswords,
  AccessTokens,
  SecondFactor,
  KeepAvatars,
  NoteSkeletons,
  SignInElsewhere,
  AdminActs,
  KeepAudit20261128,
  Bots,
  CloseAccounts,
  ShowStatus,
  DeadLetters,
  KeepEventHeaders20261202,
  NumberFunds20261203,
  RecoverByAddress20261204,
  FindByRecoveryAddress20261204,
];
