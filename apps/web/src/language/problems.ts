import { plural, t } from '@lingui/core/macro';
import type { AtriumError, AtriumErrorCode } from '@atrium/client';
import { dateFormat, numberText } from './formats.ts';

const moment = dateFormat({ dateStyle: 'medium', timeStyle: 'short' });
const megabytes = (bytes: unknown): string => numberText(Math.round(Number(bytes) / 2 ** 20));

type Sentences = Partial<Record<AtriumErrorCode, (error: AtriumError) => string>>;

/** What only its code tells a person who does not read the server's own words. A command says itself what is wrong with it. */
const SENTENCES: Sentences = {
  network: () => t`The server cannot be reached.`,
  timeout: () => t`The server took too long to answer.`,
  aborted: () => t`The request was given up.`,
  unreadable: () => t`The file cannot be read any more. Was it moved or changed?`,
  malformed_request: () => t`The request could not be read.`,
  message_too_long: () => t`The message is too long.`,
  invalid_successor: () => t`Choose somebody who is in the room.`,
  unsupported_media_type: () => t`This kind of file is not accepted here.`,
  request_timeout: () => t`The request did not arrive in time.`,
  payload_too_large: () => t`This is too large.`,
  file_too_large: ({ data }) =>
    data['maxBytes'] === undefined ? t`The file is too large.` : t`A file may have at most ${megabytes(data['maxBytes'])} MiB.`,
  storage_full: () => t`There is no space left for this file.`,
  unauthenticated: () => t`Sign in to continue.`,
  wrong_credentials: () => t`The username or the password is wrong.`,
  session_revoked: () => t`This session has ended.`,
  two_factor_required: () => t`Enter a code of your authenticator app, or a recovery code.`,
  wrong_code: () => t`The code is wrong or was used before.`,
  challenge_expired: () => t`This sign-in took too long or too many tries; begin again.`,
  provider_refused: () => t`Signing in there did not work; begin again.`,
  forbidden: () => t`You may not do this.`,
  admin_code_required: () => t`This name is kept for an admin; register it with the code that was printed at the start.`,
  not_a_member: () => t`You are not a member of this room.`,
  wrong_password: () => t`The password is wrong.`,
  reset_link_invalid: () => t`This link to choose a new password does not work any more.`,
  account_disabled: () => t`This account is disabled.`,
  insufficient_scope: () => t`The access token was not made for this.`,
  room_locked: () => t`The room is locked.`,
  banned: () => t`You cannot join this room again.`,
  muted: ({ data }) => {
    const until = typeof data['mutedUntil'] === 'string' ? moment(new Date(data['mutedUntil'])) : undefined;
    return until === undefined ? t`You are muted in this room.` : t`You are muted in this room until ${until}.`;
  },
  invite_expired: () => t`This invite has expired.`,
  invite_used_up: () => t`This invite has been used as often as it may be.`,
  invite_revoked: () => t`This invite was taken back.`,
  invitation_required: () => t`People come into this room by invitation.`,
  posting_restricted: () => t`Only moderators may post in this room.`,
  edit_window_closed: () => t`This message can no longer be edited.`,
  not_found: () => t`There is nothing at this address.`,
  user_not_found: () => t`This person is not found.`,
  room_not_found: () => t`This room is not found.`,
  member_not_found: () => t`This member is not found.`,
  message_not_found: () => t`This message is not found.`,
  scheduled_not_found: () => t`This scheduled message was sent or cancelled already.`,
  file_not_found: () => t`This file is not found.`,
  upload_not_found: () => t`This upload is not here any more; begin anew.`,
  invite_not_found: () => t`This invite is not found.`,
  not_waiting: () => t`This person does not wait to be let in.`,
  poll_not_found: () => t`This poll is not found.`,
  reminder_not_found: () => t`This reminder is not found.`,
  username_taken: () => t`This username is taken.`,
  email_taken: () => t`This e-mail address is taken.`,
  waiting_in_lobby: () => t`You wait until a moderator lets you in.`,
  already_a_member: () => t`This person is in the room already.`,
  room_full: () => t`The room is full.`,
  room_archived: () => t`The room is archived.`,
  idempotency_conflict: () => t`This was sent once already, with something else in it.`,
  file_not_ready: () => t`The file is not ready for questions.`,
  file_infected: () => t`A virus was found in the file.`,
  file_not_retryable: () => t`The file cannot be read again now.`,
  last_admin: () => t`This is the last admin; make somebody else admin first.`,
  too_many_tokens: () => t`You have the most access tokens that you can have.`,
  too_many_pins: () => t`The room has the most pins it can have; unpin one first.`,
  poll_closed: () => t`The poll is closed.`,
  too_many_keywords: () => t`The room has the most keywords it can have.`,
  too_many_bots: () => t`You have the most bots that you can have.`,
  too_many_webhooks: () => t`The room has the most webhooks it can have.`,
  too_many_drafts: () => t`You have the most drafts that you can have; send or empty one first.`,
  too_many_scheduled: () => t`You have the most scheduled messages that you can have.`,
  too_many_saved: () => t`You have kept the most messages you can keep.`,
  too_many_reactions: () => t`The message has the most reactions it can have.`,
  stale_version: () => t`This was changed elsewhere meanwhile; look at it again.`,
  insufficient_credits: () => t`You have not enough credits.`,
  rate_limited: () => t`That was too much at once.`,
  slow_mode: ({ retryAfterSeconds }) => {
    const seconds = Math.ceil(retryAfterSeconds ?? 1);
    return plural(seconds, { one: 'Slow mode: you can post again in # second.', other: 'Slow mode: you can post again in # seconds.' });
  },
  too_many_attempts: () => t`There were too many attempts.`,
  internal: () => t`Something went wrong on our side.`,
  service_unavailable: () => t`This part of the service is away for a moment.`,
  deadline_exceeded: () => t`This took too long; try again.`,
};

/** What forms say of their fields, by what the contract says. */
const FIELDS: Record<string, () => string> = {
  'must not be empty': () => t`must not be empty`,
  'must be 3 to 32 of a-z, 0-9, _ . -': () => t`must be 3 to 32 of a-z, 0-9, _ . -`,
  'must be an e-mail address': () => t`must be an e-mail address`,
  'must be an address': () => t`must be an address`,
  'must be an address that begins with http:// or https://': () => t`must be an address that begins with http:// or https://`,
  'must be a single line': () => t`must be a single line`,
  'must be one emoji': () => t`must be one emoji`,
  'must be a whole number': () => t`must be a whole number`,
  'must hold a letter or a digit': () => t`must hold a letter or a digit`,
  'must name at least one person': () => t`must name at least one person`,
  'must name at least one scope': () => t`must name at least one scope`,
  'must not contain null characters or halves of characters': () => t`must not contain characters that are none`,
};

const LENGTH = /^must have at (least|most) (\d+) characters$/;

export function ofField(message: string): string | undefined {
  const [, bound, count = ''] = LENGTH.exec(message) ?? [];
  const characters = Number(count);
  if (bound === 'least') return plural(characters, { one: 'must have at least # character', other: 'must have at least # characters' });
  if (bound === 'most') return plural(characters, { one: 'must have at most # character', other: 'must have at most # characters' });
  return FIELDS[message]?.();
}

export const ofProblem = (error: AtriumError): string | undefined => SENTENCES[error.code]?.(error);
